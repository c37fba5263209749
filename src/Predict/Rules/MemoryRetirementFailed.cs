using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>A piece of memory should have been taken out of use, and the driver logged that it could not be.</summary>
internal sealed class MemoryRetirementFailed : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "memory-retirement-failed",
        Title = "Memory not taken out of use",
        Doc = "A piece of memory with uncorrectable errors could not be taken out of use: no spare is left, or it had been replaced before. The next error there"
            + " hits a job. The card is to be reset; then the maker's diagnosis decides whether it goes back.",
        KeyIsCode = true,
        Severity = Severity.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the device, a reload of its driver, a reboot, or the driver's word that nothing is left to do",
        Probability = new(0.01, 0.1, 0.4),
        ProbabilityOrigin = "own, as for the flag that the card itself keeps; no public rate is known",
        Outranks = [new("row-remap-failed"), new("memory-retired")],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (Find(subject.Device) is not { } error) return;
        CodedError.Judge(in subject, error, Xid.RowRemapFailed, XidCatalog.Find(Xid.RowRemapFailed)!.Remedy, true, CodedError.StaysADay, Xid.RowRemapFailed, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
        => Find(subject.Device) is { } error ? CodedError.Word(in subject, in verdict, error, CodedError.StaysADay, CodedError.Label(error)) : default;

    private static EventTally? Find(DeviceHistory device) => CodedError.Later(CodedError.Newest(device, Xid.RowRemapFailed), CodedError.Newest(device, HealthEventKind.MemoryRetirementFailed));
}
