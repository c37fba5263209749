using Forewarn.Controller.Coordination;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Recovery;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>Turns what the journal says into answers.</summary>
internal static class IncidentAnswers
{
    public static IncidentList List(RecoveryHost host, DateTimeOffset now)
    {
        var state = host.Runner.State;
        return new()
        {
            Simulated = IsSimulated(host),
            Time = now,
            Scheduler = host.Scheduler,
            Trouble = Told(host.Trouble),
            Complaints = host.Complaints,
            Kept = [.. state.Kept.Values.OrderBy(static order => order.Node, StringComparer.Ordinal).Select(static order => new KeptNodeReport(order.Node, order.Who, order.Why))],
            Incidents = [.. state.Incidents.Values.OrderByDescending(static incident => incident.IsOpen).ThenByDescending(static incident => incident.Id).Select(incident => Summary(state, incident))],
        };
    }

    public static IncidentAnswer One(RecoveryHost host, Incident incident, IncidentTimeline timeline, DateTimeOffset now)
    {
        var state = host.Runner.State;
        var summary = Summary(state, incident);
        return new()
        {
            Simulated = IsSimulated(host),
            Time = now,
            Id = summary.Id,
            Node = summary.Node,
            Device = summary.Device,
            State = summary.State,
            Rule = summary.Rule,
            WorkAction = summary.WorkAction,
            RepairAction = summary.RepairAction,
            Opened = summary.Opened,
            Closed = summary.Closed,
            Jobs = summary.Jobs,
            Verdict = summary.Verdict,
            Why = summary.Why,
            Repair = summary.Repair,
            Card = incident.Card < 0 ? null : incident.Card,
            FailureProbability = new(incident.Probability.OneHour, incident.Probability.OneDay, incident.Probability.SevenDays),
            Decisions = [.. Decisions(state, incident.Id).Select(Of)],
            Moves = [.. state.Recoveries.Values.Where(move => move.Incident == incident.Id).Select(Of)],
            Timeline = [.. timeline.Milestones.Select(static one => new MilestoneReport(one.What, one.At, one.Text))],
            OwnSeconds = timeline.Own.TotalSeconds,
        };
    }

    public static bool IsSimulated(RecoveryHost host) => host.Fleet.Nodes.Values.Any(static node => node.IsSimulated);

    private static IEnumerable<DecisionRecord> Decisions(ControllerState state, long incident)
        => state.Decisions.Values.Where(decision => decision.Incident == incident).OrderBy(static decision => decision.Job, StringComparer.Ordinal);

    /// <summary>One trouble in a list.</summary>
    public static IncidentSummary Summary(ControllerState state, Incident incident)
    {
        var furthest = Decisions(state, incident.Id).MaxBy(static decision => decision.Verdict);
        return new()
        {
            Id = incident.Id,
            Node = incident.Node,
            Device = incident.Device.Value,
            State = incident.State,
            Rule = incident.Rule,
            WorkAction = incident.Actions.Work,
            RepairAction = incident.Actions.Repair,
            Opened = incident.Opened,
            Closed = incident.Closed,
            Jobs = incident.Jobs,
            Verdict = furthest?.Verdict,
            Why = furthest?.Why,
            Repair = state.Repairs.GetValueOrDefault(incident.Node) is { } repair && repair.Incident == incident.Id ? RepairReport.Of(repair) : null,
        };
    }

    /// <summary>What was decided.</summary>
    public static DecisionReport Of(DecisionRecord decision) => new()
    {
        Job = Told(decision.Job),
        User = Told(decision.User),
        Nodes = decision.Nodes,
        Verdict = decision.Verdict,
        Guard = Told(decision.Guard),
        Why = decision.Why,
        Chosen = decision.Decision?.Chosen,
        Alternatives = decision.Decision is { } choice
            ? [.. choice.Alternatives.Select(static one => new AlternativeReport(one.Alternative, one.IsPossible ? one.CardMinutes : null, one.Reason))] : [],
        Destinations = decision.Destinations,
        Placement = decision.Placement,
    };

    /// <summary>How a move stands.</summary>
    public static MoveReport Of(JobRecovery move) => new()
    {
        Job = move.Job,
        Step = move.Step,
        Since = move.StepSince,
        Outcome = move.Outcome,
        Attempt = move.Attempt,
        Targets = move.Targets,
        Destinations = move.Destinations,
        Checkpoint = Of(move.Checkpoint),
        LostSeconds = move.Lost?.TotalSeconds,
        KeptSeconds = move.Lost is null ? null : move.Kept.TotalSeconds,
        Why = move.Why,
    };

    /// <summary>A checkpoint that was found complete.</summary>
    public static ResumeReport? Of(SeenCheckpoint? seen) => seen is null ? null : new(seen.Path, seen.Step < 0 ? null : seen.Step, seen.Written);

    private static string? Told(string text) => text.Length == 0 ? null : text;
}
