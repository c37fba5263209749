using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>A piece of memory was taken out of use, or waits for a reset to be.</summary>
internal sealed class MemoryRetired : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "memory-retired",
        Title = "Memory taken out of use",
        Doc = "A row or page of memory had uncorrectable errors and is replaced by a spare one at the next reset. The device works on meanwhile; it is to be reset"
            + " when what runs has ended. Beside an uncorrectable error of the same moment it says nothing more and is not shown.",
        KeyIsCode = true,
        Severity = Severity.Watch,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the device, a reload of its driver, a reboot, or the driver's word that nothing is left to do",
        Probability = new(0.002, 0.02, 0.06),
        ProbabilityOrigin = "own; most cards live long with a few replaced rows",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (Find(subject.Device) is not { } error || CodedError.IsConsequence(in subject, error)) return;
        CodedError.Judge(in subject, error, Xid.RowRemapped, XidCatalog.Find(Xid.RowRemapped)!.Remedy, true, CodedError.StaysADay, Xid.RowRemapped, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
        => Find(subject.Device) is { } error ? CodedError.Word(in subject, in verdict, error, CodedError.StaysADay, CodedError.Label(error)) : default;

    private static EventTally? Find(DeviceHistory device)
        => CodedError.Later(CodedError.Newest(device, Xid.RowRemapped), CodedError.Newest(device, HealthEventKind.MemoryRetired));
}
