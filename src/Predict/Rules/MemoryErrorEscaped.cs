using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>An uncorrectable memory error slipped past the driver's handling.</summary>
internal sealed class MemoryErrorEscaped : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "memory-error-escaped",
        Title = "Memory error not handled",
        Doc = "An uncorrectable memory error came in such a way that the driver could neither take the memory out of use nor say whom it hit. The device must be"
            + " reset before it works again; when it comes back after that, the maker should see it.",
        KeyIsCode = true,
        Severity = Severity.Failed,
        Actions = new(WorkAction.StopNow, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the device, a reload of its driver, a reboot, or the driver's word that nothing is left to do",
        Probability = FailureProbability.Certain,
        ProbabilityOrigin = "it must be reset before further work (NVIDIA Xid catalogue, 140)",
        Outranks = [new("uncorrectable-memory-error"), new("ecc-uncorrected")],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (Find(subject.Device) is not { } error) return;
        CodedError.Judge(in subject, error, Xid.EccEscaped, XidCatalog.Find(Xid.EccEscaped)!.Remedy, true, CodedError.StaysADay, Xid.EccEscaped, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
        => Find(subject.Device) is { } error ? CodedError.Word(in subject, in verdict, error, CodedError.StaysADay, CodedError.Label(error)) : default;

    private static EventTally? Find(DeviceHistory device) => CodedError.Newest(device, Xid.EccEscaped);
}
