using System.Collections.Immutable;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Recovery;
using Forewarn.Model;

namespace Forewarn.Controller.Coordination;

/// <summary>Brings each move that is under way a step further.</summary>
internal static class OpenMoves
{
    public static void Advance(Desk desk)
    {
        var unfit = Places.Unfit(desk);
        foreach (var before in desk.State.Moves.ToList())
        {
            desk.Watched.Add(before.Job);
            var recovery = before.Epoch == desk.State.Epoch ? before : before with { Epoch = desk.State.Epoch };
            var sight = new RecoverySight(desk.View.Cluster, desk.View.Newest(recovery.Job), unfit.Except(recovery.Targets));
            var move = RecoveryMachine.Next(recovery, sight, desk.View.Settings.Steps, desk.Now);
            var after = move.NeedsPlace ? Replace(desk, recovery, sight.Unfit) : move.After;
            if (after != recovery) desk.Write(new JournalEntry.OfRecovery(after) { At = desk.Now }, move.Acts);
            else if (!move.Acts.IsEmpty) desk.Do(recovery.Incident, move.Acts);
        }
    }

    // Those that were chosen and are still good stay chosen; the job's own node that turned bad meanwhile is left as well.
    private static JobRecovery Replace(Desk desk, JobRecovery recovery, ImmutableHashSet<string> unfit)
    {
        var lost = recovery.Destinations.Where(node => unfit.Contains(node) || desk.View.Cluster.Node(node) is null or { IsOut: true }).ToHashSet();
        var job = desk.View.Cluster.Job(recovery.Job)!; // it would have been given up without one
        var choice = Places.Choose(desk, job, recovery.Destinations, lost);
        if (!choice.IsFeasible)
        {
            var why = $"{string.Join(", ", lost.Order(StringComparer.Ordinal))} is not fit either: {string.Join("; ", choice.Explanation)}";
            return (recovery with { Outcome = RecoveryOutcome.NoPlace }).At(RecoveryStep.Undoing, desk.Now, why);
        }

        if (recovery.Step >= RecoveryStep.Stopping) return recovery.To(choice.Nodes, desk.Now);
        var troubles = desk.State.Open.Where(incident => Places.Asks(incident) && lost.Contains(incident.Node) && job.IsOn(incident.Node)).ToList();
        Deciding.Drain(desk, troubles.Where(incident => GuardBook.Refusal(desk, incident, null, Alternative.DrainAndLetEnd) is null));
        return (recovery with { MayNotAsk = recovery.MayNotAsk || troubles.Any(incident => incident.State == HealthState.Failed) }).To(choice.Nodes, desk.Now);
    }
}
