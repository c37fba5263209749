using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>Corrected memory errors came so fast that the driver switched their interrupts off.</summary>
internal sealed class CorrectedErrorStorm : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "corrected-error-storm",
        Title = "Storm of corrected memory errors",
        Doc = "Corrected memory errors came at such a rate that the driver no longer listens to them. Data are right as yet; calls into the driver may take seconds"
            + " meanwhile, and the errors are no longer counted in full.",
        KeyIsCode = true,
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the device, a reload of its driver, a reboot, or the driver's word that nothing is left to do",
        Probability = new(0.01, 0.05, 0.2),
        ProbabilityOrigin = "own; public reports have such cards slow to answer for days before anybody looks",
        Outranks = [new("ecc-corrected-rate"), new("error-rate-siblings", 2), new("call-latency")],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (Find(subject.Device) is not { } error) return;
        CodedError.Judge(in subject, error, Xid.CorrectedStorm, XidCatalog.Find(Xid.CorrectedStorm)!.Remedy, false, CodedError.StaysADay, Xid.CorrectedStorm, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
        => Find(subject.Device) is { } error ? CodedError.Word(in subject, in verdict, error, CodedError.StaysADay, CodedError.Label(error)) : default;

    private static EventTally? Find(DeviceHistory device) => CodedError.Later(CodedError.Newest(device, Xid.CorrectedStorm), CodedError.Newest(device, HealthEventKind.CorrectedMemoryErrorStorm));
}
