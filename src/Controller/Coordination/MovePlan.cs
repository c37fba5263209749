using Forewarn.Controller.Decisions;
using Forewarn.Controller.Recovery;

namespace Forewarn.Controller.Coordination;

/// <summary>The plan to move one job because of one trouble: what was decided last, and the move that came of it.</summary>
/// <param name="Incident">Because of which trouble.</param>
/// <param name="Job">Which job.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Decision">What was decided last; null where that is not known any more.</param>
/// <param name="Move">The job's move; null while there is none.</param>
public sealed record MovePlan(long Incident, string Job, PlanState State, DecisionRecord? Decision, JobRecovery? Move)
{
    /// <summary>Its name: trouble and job, <c>3-41</c>.</summary>
    public string Id => FormattableString.Invariant($"{Incident}-{Job}");

    /// <summary>All that are known, the newest trouble first.</summary>
    public static IEnumerable<MovePlan> All(ControllerState state)
        => state.Decisions.Values.Where(IsPlan).Select(static decision => (decision.Incident, decision.Job))
            .Union(state.Recoveries.Values.Select(static move => (move.Incident, move.Job)))
            .OrderByDescending(static key => key.Incident).ThenBy(static key => key.Job, StringComparer.Ordinal).Select(key => Of(state, key.Incident, key.Job));

    /// <summary>By its name; null when there is none, or not any more.</summary>
    public static MovePlan? Find(ControllerState state, string id) => All(state).FirstOrDefault(plan => plan.Id == id);

    private static MovePlan Of(ControllerState state, long incident, string job)
    {
        var decision = state.Decisions.GetValueOrDefault((incident, job));
        var move = state.Recoveries.GetValueOrDefault(job) is { } known && known.Incident == incident ? known : null;
        return new(incident, job, StateOf(state, incident, decision, move), decision, move);
    }

    private static bool IsPlan(DecisionRecord decision) => !decision.Destinations.IsEmpty && decision.Job.Length > 0;

    // After a move that came to nothing another one may have been decided since: that is the plan then.
    private static PlanState StateOf(ControllerState state, long incident, DecisionRecord? decision, JobRecovery? move)
    {
        if (move is { Step: not RecoveryStep.Closed }) return PlanState.Running;
        if (decision is null || !IsPlan(decision) || decision.Verdict == Verdict.Moving) return move is null ? PlanState.Running : PlanState.Done;
        if (state.Incidents.GetValueOrDefault(incident) is not { IsOpen: true }) return move is null ? PlanState.Lapsed : PlanState.Done;
        return decision.Verdict switch
        {
            Verdict.Rejected => PlanState.Rejected,
            Verdict.AwaitsCheckpoint => PlanState.Approved,
            _ when state.Answers.GetValueOrDefault((incident, decision.Job))?.Allows(decision.Decision?.Chosen ?? Alternative.MoveNow) == true => PlanState.Approved,
            _ => PlanState.Proposed,
        };
    }
}
