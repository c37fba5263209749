using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>A vendor call on the card does not return, while its siblings are served.</summary>
internal sealed class DeviceStalled : IHealthRule
{
    private static readonly Threshold After = new("FailedAfter", 60, "s", 5, 3600, "Stalled for longer, while a sibling is measured, the card has failed.",
        "the project's definition of Failed: stalled for over 60 s while siblings are served");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "device-stalled",
        Title = "Device stalled",
        Doc = "A call of the maker's library on this card passed its deadline, and those after it. The process that made it was ended; one that hangs in the "
            + "driver may not end at all. Siblings that answer tell a hung card from a hung driver.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearedBy = "the card measured for a minute",
        Probability = new(0.5, 0.6, 0.7),
        ProbabilityOrigin = "own: of hung cards about half come back by themselves; Delta (2503.11901) saw 99 % of GSP hangs end in a dead card",
        Outranks = [new("call-latency"), new("fields-vanished")],
        Thresholds = [After],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var device = subject.Device;
        if (device.Presence is DevicePresence.Unknown or DevicePresence.Excluded) verdicts.Withhold();
        if (device.Presence != DevicePresence.Stalled) return;
        var stalled = (subject.Now - device.PresentSince).TotalSeconds;
        var isFailed = stalled > subject.Settings[After] && Stalls.IsAnyServed(subject.Node, subject.Now);
        verdicts.Add(new Verdict(0, Math.Floor(stalled), subject.Settings[After])
        {
            Since = device.PresentSince,
            Severity = isFailed ? Severity.Failed : null,
            Actions = isFailed ? new(WorkAction.CheckpointAndMove, RepairAction.ResetDevice) : null,
        });
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Stalls.IsAnyServed(subject.Node, subject.Now)
            ? $"calls on the card do not return, for {verdict.Value:0} s (limit {verdict.Threshold:0} s); its siblings are served"
            : $"calls on the card do not return, for {verdict.Value:0} s (limit {verdict.Threshold:0} s); nor on any other card",
        [new("stalled", verdict.Value, verdict.Threshold, "s", "", subject.Device.PresentSince)]);
}
