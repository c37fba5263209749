using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>The card has not joined its fabric, or joined it with an error.</summary>
internal sealed class FabricUnjoined : IHealthRule
{
    private const long State = 0;
    private const long Status = 1;
    private const double UnderWay = 2;
    private const double Done = 3;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "fabric-unjoined",
        Title = "Not joined to its fabric",
        Doc = "The card belongs to a fabric of accelerators and has not joined it, minutes after the driver was loaded, or joining ended with an error. Programs that use several "
            + "cards, and on some boards every program, cannot start. The fabric's own service is the first to look at.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectFabric),
        Debounce = TimeSpan.FromMinutes(3), // own: three readings; joining takes seconds once the fabric's service runs
        ClearAfter = TimeSpan.FromMinutes(2),
        HasBootGrace = true,
        ClearedBy = "the card having joined for two minutes",
        Probability = new(0.1, 0.2, 0.3),
        ProbabilityOrigin = "own: gpud calls the card unhealthy and DCGM health warns or fails (123); nothing public says how often it stays so",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryRead(SignalId.FabricState, verdicts, out var state)) return;
        if (state < UnderWay) verdicts.Add(new Verdict(State, state, Done));
        else if (state < Done) verdicts.Add(new Verdict(State, state, Done) { Severity = Severity.Watch, Actions = new(WorkAction.Observe, RepairAction.InspectFabric) });
        else if (subject.Device.TryGet(SignalId.FabricStatus, out var status) && status != 0) verdicts.Add(new Verdict(Status, status, 0));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => verdict.Key == State
        ? new(
            Invariant($"the card has {(verdict.Value < UnderWay ? "not begun to join" : "not finished joining")} its fabric (state {verdict.Value:0}, should be {verdict.Threshold:0})"),
            [subject.Seen(SignalId.FabricState, "state of joining the fabric", verdict.Value, verdict.Threshold)])
        : new(
            Invariant($"joining the fabric ended with the driver's error {verdict.Value:0} (should be 0)"),
            [subject.Seen(SignalId.FabricStatus, "error of joining the fabric", verdict.Value, verdict.Threshold)]);
}
