using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>The card does not answer any more, or is no longer enumerated.</summary>
internal sealed class DeviceLost : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "device-lost",
        Title = "Device lost",
        Doc = "The card fell off the bus, is no longer enumerated, or answers only that it must be reset. What ran on it is lost. A card that fell off "
            + "comes back with a reboot, if at all; one that asks for a reset, with that. When it happens again, it is the hardware.",
        Severity = Severity.Failed,
        Actions = new(WorkAction.StopNow, RepairAction.RebootNode),
        Latch = Latch.Reset,
        ClearedBy = "the card measured again after a reset, a reload of the driver or a reboot",
        Probability = FailureProbability.Certain,
        ProbabilityOrigin = "it has failed",
        Outranks = [new("device-unavailable"), new("call-latency"), new("fields-vanished")],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var device = subject.Device;
        if (device.Presence is DevicePresence.Unknown or DevicePresence.Excluded) verdicts.Withhold();
        if (device.Presence != DevicePresence.Lost) return;
        var needsReset = device.Absence == NoDataReason.ResetRequired;
        verdicts.Add(new Verdict(0, 0, 1)
        {
            Since = device.PresentSince,
            Actions = needsReset ? new(WorkAction.StopNow, RepairAction.ResetDevice) : null,
            Latch = !needsReset && FellOff(subject).IsSince(subject.Node.Booted) ? Latch.Reboot : null,
        });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var needsReset = verdict.Actions is not null;
        var gone = new Evidence("device answers", 0, 1, "", "", subject.Device.PresentSince);
        var fell = FellOff(subject);
        return new(
            needsReset ? "the card answers only that it must be reset (answers 0, should be 1)" : "the card does not answer any more (answers 0, should be 1)",
            fell.Newest is null ? [gone] : [gone, fell.Line("the kernel's word")])
        {
            ClearedBy = verdict.Latch == Latch.Reboot ? "the card measured again after a reboot" : needsReset ? "the card measured again after a reset" : null,
        };
    }

    private static EventCount FellOff(in Subject subject) => EventCount.Of(subject.Device, HealthEventKind.DeviceFellOff, subject.Now);
}
