using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Predict.Rules;

/// <summary>The device's system processor does not answer the driver.</summary>
internal sealed class FirmwareStalled : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "firmware-stalled",
        Title = "Firmware processor stalled",
        Doc = "The processor on the device that does the driver's work does not answer, or died. Calls into the driver may hang for good, and with them whoever"
            + " makes them. It needs a reset, sometimes a power cycle.",
        KeyIsCode = true,
        Severity = Severity.Failed,
        Actions = new(WorkAction.StopNow, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the device, a reload of its driver, a reboot, or the driver's word that nothing is left to do",
        Probability = FailureProbability.Certain,
        ProbabilityOrigin = "it must be reset before further work (NVIDIA Xid catalogue, 119 and 120)",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        Judge(in subject, Xid.GspTimeout, verdicts);
        Judge(in subject, Xid.GspError, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
        => CodedError.Newest(subject.Device, verdict.Key) is { } error ? CodedError.Word(in subject, in verdict, error, CodedError.StaysADay, CodedError.Label(error)) : default;

    private static void Judge(in Subject subject, int code, Verdicts verdicts)
    {
        if (CodedError.Newest(subject.Device, code) is not { } error || CodedError.IsConsequence(in subject, error)) return;
        CodedError.Judge(in subject, error, code, XidCatalog.Find(code)!.Remedy, true, CodedError.StaysADay, code, verdicts);
    }
}
