using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The card has not joined its fabric, or joining ended badly: programs that use several cards cannot start on it.</summary>
internal sealed class FabricIncomplete : IHealthRule
{
    private const double Done = 3;

    private static readonly Threshold Grace = new("Grace", 600, "s", 0, 86400, "So long after the driver was loaded joining may take.",
        "own: services start and switches train within minutes of a boot");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "fabric-incomplete",
        Title = "Fabric not joined",
        Doc = "The card must be registered with its scale-up fabric before programs can use it. It has not begun, is still at it (key 0), or the driver says that it "
            + "ended with an error (key 1). Most often the fabric's service is not running, or is of another version than the driver.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectFabric),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(1), "own: a minute beside the grace, so that a reading in passing says nothing"),
        HasBootGrace = true,
        ClearedBy = "the card in its fabric: state 3, status 0",
        Probability = new(0.01, 0.05, 0.1),
        ProbabilityOrigin = "own: it is unusable for jobs of several cards until mended, and says little of the card itself",
        Thresholds = [Grace],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (subject.Device.Presence != DevicePresence.Measured || !subject.Device.TryGet(SignalId.FabricState, out var state))
        {
            verdicts.Withhold();
            return;
        }

        if (subject.Now - subject.Node.DriverLoaded < subject.Settings.Span(Grace)) return;
        if (state is > 0 and < Done) verdicts.Add(new Verdict(0, state, Done));
        else if (state == Done && subject.Device.TryGet(SignalId.FabricStatus, out var status) && status != 0) verdicts.Add(new Verdict(1, status, 0));
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var grace = subject.Settings[Grace];
        return verdict.Key == 0
            ? new($"the card has not {(verdict.Value == 1 ? "begun to join" : "finished joining")} its fabric {grace:0} s after the driver was loaded "
                + $"(state {verdict.Value:0}, should be 3)",
                [new("fabric state", verdict.Value, verdict.Threshold, "", "", subject.Device.Signal(SignalId.FabricState).ReadAt(0))])
            : new($"joining the fabric ended with error {verdict.Value:0} (should be 0)",
                [new("fabric status", verdict.Value, verdict.Threshold, "", "", subject.Device.Signal(SignalId.FabricStatus).ReadAt(0))]);
    }
}
