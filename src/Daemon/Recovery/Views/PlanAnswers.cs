using Forewarn.Controller.Coordination;
using Forewarn.Daemon.Api;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>Turns plans into answers.</summary>
internal static class PlanAnswers
{
    public static PlanList List(WholeSight sight, PageQuestion<PlanState> question)
    {
        var asked = MovePlan.All(sight.Work).Where(plan => (question.States is null || question.States.Contains(plan.State))
            && (question.Partition is null || sight.Cluster?.Job(plan.Job)?.Partition == question.Partition)).ToList();
        var rest = question.After is { } after ? asked.SkipWhile(plan => plan.Id != after).Skip(1).ToList() : asked;
        return new()
        {
            Simulated = sight.IsSimulated,
            Time = sight.Now,
            Total = asked.Count,
            Next = rest.Count > question.Limit ? rest[question.Limit - 1].Id : null,
            Plans = rest.Take(question.Limit).Select(static plan => Line(plan, plan.Decision)),
        };
    }

    /// <param name="sight">What is known.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="lines">The journal's lines of its trouble: what was decided since may have no place in it.</param>
    public static PlanAnswer One(WholeSight sight, MovePlan plan, IEnumerable<JournalEntry> lines)
    {
        var decision = lines.OfType<JournalEntry.OfDecision>().Select(static line => line.Decision).LastOrDefault(one => one.Job == plan.Job && !one.Destinations.IsEmpty) ?? plan.Decision;
        var line = Line(plan, decision);
        var choice = decision?.Decision;
        return new()
        {
            Id = line.Id,
            Incident = line.Incident,
            Job = line.Job,
            User = line.User,
            State = line.State,
            Nodes = line.Nodes,
            Destinations = line.Destinations,
            Why = line.Why,
            Simulated = sight.IsSimulated,
            Time = sight.Now,
            Verdict = decision?.Verdict,
            Guard = decision is { Guard.Length: > 0 } ? decision.Guard : null,
            Chosen = choice?.Chosen,
            Alternatives = decision is null ? [] : IncidentAnswers.Of(decision).Alternatives,
            Placement = decision?.Placement ?? [],
            Losing = [.. (decision?.Losing ?? []).Select(static one => new LosingPlacementReport(one.Moves, one.LostBy, one.Words))],
            Order = sight.Work.Answers.GetValueOrDefault((plan.Incident, plan.Job)) is { } order ? new(order.Kind, order.Who, order.Why.Length > 0 ? order.Why : null) : null,
            Move = plan.Move is null ? null : IncidentAnswers.Of(plan.Move),
        };
    }

    // While a job is being moved the nodes are those of its move: one that failed meanwhile was replaced there.
    private static PlanLine Line(MovePlan plan, DecisionRecord? decision)
    {
        var move = plan.State is PlanState.Running or PlanState.Done ? plan.Move : null;
        return new()
        {
            Id = plan.Id,
            Incident = plan.Incident,
            Job = plan.Job,
            User = decision?.User ?? plan.Move?.User,
            State = plan.State,
            Nodes = move?.Targets ?? decision?.Nodes ?? [],
            Destinations = move?.Destinations ?? decision?.Destinations ?? [],
            Why = move?.Why ?? decision?.Why ?? "",
        };
    }
}
