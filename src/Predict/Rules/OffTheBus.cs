using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>The device fell off the bus.</summary>
internal sealed class OffTheBus : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "off-the-bus",
        Title = "Off the bus",
        Doc = "The device no longer answers on the bus: power, seating, the slot, or the device itself. What ran on it is lost. The driver may hang on it, and"
            + " hardly ever gets it back without a reboot.",
        KeyIsCode = true,
        Severity = Severity.Failed,
        Actions = new(WorkAction.StopNow, RepairAction.RebootNode),
        Latch = Latch.Reboot,
        ClearedBy = "a reboot of the node",
        Probability = FailureProbability.Certain,
        ProbabilityOrigin = "it has failed",
        Outranks = [new("device-lost"), new("device-stalled"), new("device-unavailable"), new("call-latency"), new("fields-vanished")],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (Find(subject.Device) is not { } error) return;
        CodedError.Judge(in subject, error, Xid.OffTheBus, XidCatalog.Find(Xid.OffTheBus)!.Remedy, true, CodedError.StaysADay, Xid.OffTheBus, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
        => Find(subject.Device) is { } error ? CodedError.Word(in subject, in verdict, error, CodedError.StaysADay, CodedError.Label(error)) : default;

    private static EventTally? Find(DeviceHistory device) => CodedError.Later(CodedError.Newest(device, Xid.OffTheBus), CodedError.Newest(device, HealthEventKind.DeviceFellOff));
}
