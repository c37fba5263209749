using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Predict.Rules;

/// <summary>The driver says that the device is unavailable.</summary>
internal sealed class DeviceUnavailable : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "device-unavailable",
        Title = "Unavailable by its driver",
        Doc = "The driver itself announced that the device cannot be used.",
        Severity = Severity.Failed,
        Actions = new(WorkAction.StopNow, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the device, a reload of its driver, a reboot, or the driver's word that nothing is left to do",
        Probability = FailureProbability.Certain,
        ProbabilityOrigin = "its driver says so",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (CodedError.Newest(subject.Device, HealthEventKind.DeviceUnavailable) is not { } told) return;
        CodedError.Judge(in subject, told, 0, Remedy.ResetNow, false, CodedError.StaysADay, 0, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
        => CodedError.Newest(subject.Device, HealthEventKind.DeviceUnavailable) is { } told ? CodedError.Word(in subject, in verdict, told, CodedError.StaysADay, CodedError.Label(told)) : default;
}
