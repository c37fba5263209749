using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>The driver itself advises what to do with the card; its word outranks every table.</summary>
internal sealed class RecoveryAdvised : IHealthRule
{
    private static readonly (string Advice, Severity Severity, RecommendedActions Actions)[] Advice =
    [
        ("nothing", Severity.Info, RecommendedActions.None),
        ("reset the card", Severity.Failed, new(WorkAction.StopNow, RepairAction.ResetDevice)),
        ("reboot the node", Severity.Failed, new(WorkAction.StopNow, RepairAction.RebootNode)),
        ("let the work between cards end, then reset the card", Severity.Degraded, new(WorkAction.DrainWhenIdle, RepairAction.ResetDevice)),
        ("drain the card, then reset it", Severity.Degraded, new(WorkAction.DrainWhenIdle, RepairAction.ResetDevice)),
        ("recover the memory domain of the fabric", Severity.Degraded, new(WorkAction.CheckpointAndMove, RepairAction.InspectFabric)),
        ("do what is not known here", Severity.Watch, new(WorkAction.Observe, RepairAction.InspectHardware)),
    ];

    public RuleSheet Sheet { get; } = new()
    {
        Name = "recovery-advised",
        Title = "The driver advises recovery",
        Doc = "The driver knows that the card does not work as it should until something is done, and says what: reset it, reboot the node, drain it first. "
            + "It knows more than any table of error codes.",
        Severity = Severity.Failed,
        Actions = new(WorkAction.StopNow, RepairAction.ResetDevice),
        ClearedBy = "the driver taking its advice back, which it does once it was followed",
        Probability = new(0.5, 0.8, 0.9),
        ProbabilityOrigin = "own: the driver's advice 1 and 2 says that the card has ceased to work, 3 to 5 that it works until drained; DCGM health fails 1, 2 and 4",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryRead(SignalId.RecoveryAction, verdicts, out var advised) || advised <= 0) return;
        var (_, severity, actions) = Advice[Known(advised)];
        verdicts.Add(new Verdict(0, advised, 0) { Severity = severity, Actions = actions });
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"the driver advises to {Advice[Known(verdict.Value)].Advice} (advice {verdict.Value:0}, should be 0)"),
        [subject.Seen(SignalId.RecoveryAction, "the driver's advice", verdict.Value, verdict.Threshold)]);

    /// <summary>An advice of a newer driver is told and no more: what is uncertain raises nothing above Watch.</summary>
    private static int Known(double advised) => Math.Min((int)advised, Advice.Length - 1);
}
