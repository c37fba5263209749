using Forewarn.Controller.Recovery;
using Forewarn.Controller.Repair;

namespace Forewarn.Controller.Coordination;

/// <summary>One thing that happened, for whoever follows what the controller sees and does.</summary>
/// <param name="Kind">What sort: the journal's own word, or <c>node</c> for a node that stands in another state.</param>
/// <param name="At">When.</param>
/// <param name="Incident">The trouble that it belongs to; 0 for none.</param>
/// <param name="Node">On which node; empty where it is about none, or about several.</param>
/// <param name="Job">Which job; empty where it is about none.</param>
/// <param name="Text">One line for a person.</param>
public sealed record Happening(string Kind, DateTimeOffset At, long Incident, string Node, string Job, string Text)
{
    /// <summary>Of a line of the journal; null for one that nobody follows, as each look is.</summary>
    public static Happening? Of(JournalEntry entry) => entry switch
    {
        JournalEntry.OfIncident(var incident) => new(entry.Kind, entry.At, incident.Id, incident.Node, "", incident.IsOpen ? $"{incident.Rule} on {incident.Device.Value}: {incident.State}" : "closed"),
        JournalEntry.OfDecision(var decision) => new(entry.Kind, entry.At, decision.Incident, One(decision.Nodes), decision.Job, $"{decision.Verdict}{Refused(decision)}: {decision.Why}"),
        JournalEntry.OfRecovery(var move) => new("move", entry.At, move.Incident, One(move.Targets), move.Job, $"{(move.Step == RecoveryStep.Closed ? $"{move.Outcome}" : $"{move.Step}")}: off {string.Join(", ", move.Targets)}, onto {string.Join(", ", move.Destinations)}: {move.Why}"),
        JournalEntry.OfRepair(var repair) => new(entry.Kind, entry.At, repair.Incident, repair.Node, repair.Job, $"{(repair.Step == RepairStep.Closed ? $"{repair.Outcome}" : $"{repair.Step}")}{KeptBack(repair)}: {repair.Why}"),
        JournalEntry.OfDrain(var drain) => new(entry.Kind, entry.At, drain.Incident, drain.Node, "", drain.Returned is not null ? "given back" : drain.Lifted is not null ? "put back by a person" : drain.WasOut ? "seen out of service" : $"taken out: {drain.Reason}"),
        JournalEntry.OfAsk(var ask) => new(entry.Kind, entry.At, ask.Incident, "", ask.Job, "asked for a checkpoint"),
        JournalEntry.OfOrder(var order) => new(entry.Kind, entry.At, order.Incident, order.Node, order.Job, $"{order.Kind} by {order.Who}{(order.Why.Length > 0 ? $": {order.Why}" : "")}"),
        JournalEntry.OfAct act => new(entry.Kind, entry.At, act.Incident, "", "", act.Trouble.Length > 0 ? $"refused: {act.Text}: {act.Trouble}" : act.Text),
        _ => null,
    };

    private static string Refused(DecisionRecord decision)
        => decision.Guard.Length == 0 ? "" : decision.Verdict is Verdict.Refused or Verdict.AwaitsApproval ? $" by {decision.Guard}" : $", more refused by {decision.Guard}";

    private static string KeptBack(NodeRepair repair) => repair.Guard.Length == 0 ? "" : $", kept back by {repair.Guard}{(repair.AwaitsApproval ? ", awaits approval" : "")}";

    private static string One(IReadOnlyList<string> nodes) => nodes.Count == 1 ? nodes[0] : "";
}
