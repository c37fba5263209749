using Forewarn.Controller.Decisions;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Coordination;

/// <summary>Follows the nodes that we took out: whether it came about, and whether somebody took it back.</summary>
internal static class DrainBook
{
    public static void Keep(Desk desk)
    {
        foreach (var drain in desk.State.Drains.Values.Where(drain => drain.Lifted is null))
        {
            switch (desk.View.Cluster.Node(drain.Node))
            {
                case { IsDrained: true } when !drain.WasOut:
                    Write(desk, drain with { WasOut = true });
                    break;
                // Given back by ourselves, or being taken out again.
                case { Phase: NodePhase.InService } when desk.State.RepairOf(drain.Node) is { Step: RepairStep.Admitting or RepairStep.Validating or RepairStep.Withdrawing }:
                    break;
                // Given back by its repair, and killed between that line and the one of the drain.
                case { Phase: NodePhase.InService } when desk.State.RepairOf(drain.Node) is { Step: RepairStep.Probation, Returned: { } at } && drain.At <= at:
                    Write(desk, drain with { Returned = at });
                    break;
                case { Phase: NodePhase.InService } when drain.WasOut:
                    Write(desk, drain with { Lifted = desk.Now });
                    break;
                // Killed between the line and the deed, or the scheduler did not take it.
                case { WouldTakeWork: true } when !drain.WasOut && IsWanted(desk, drain):
                    desk.Do(drain.Incident, new SchedulerAct.TakeOut(drain.Node, drain.Reason));
                    break;
            }
        }
    }

    /// <summary>The line by which a node is taken out, where it is not out already.</summary>
    public static bool TryTake(Desk desk, Incidents.Incident incident, out OurDrain drain)
    {
        drain = new()
        {
            Node = incident.Node,
            Incident = incident.Id,
            At = desk.Now,
            Reason = FormattableString.Invariant($"{Guards.ForeignDrainGuard.Mark}{desk.State.Epoch}/{incident.Id}]: {(incident.Rule.Length == 0 ? "trouble" : incident.Rule)}"),
        };
        return desk.Cluster.Node(incident.Node) is { WouldTakeWork: true };
    }

    // A move drains its own, and asks by itself whether it still may.
    private static bool IsWanted(Desk desk, OurDrain drain) => desk.State.Incidents.GetValueOrDefault(drain.Incident) is { IsOpen: true } incident
        && !desk.State.Moves.Any(move => move.Targets.Contains(drain.Node)) && GuardBook.Withdrawal(desk, incident, null, Alternative.DrainAndLetEnd) is null;

    private static void Write(Desk desk, OurDrain drain) => desk.Write(new JournalEntry.OfDrain(drain) { At = desk.Now });
}
