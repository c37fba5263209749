using System.Collections.Immutable;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Model;

namespace Forewarn.Controller.Coordination;

/// <summary>Brings each move that is under way a step further.</summary>
internal static class OpenMoves
{
    public static void Advance(Desk desk)
    {
        var unfit = desk.Unfit().Names;
        foreach (var before in desk.State.Moves.ToList())
        {
            desk.Watched.Add(before.Job);
            var recovery = Charged(desk, before);
            var sight = new RecoverySight(desk.View.Cluster, desk.View.Checkpoints(recovery.Job), unfit.Except(recovery.Targets)) { HasDied = HasDied(desk, recovery) };
            var move = Withdrawn(desk, recovery) is { } why
                ? new((recovery with { Outcome = RecoveryOutcome.Overruled }).At(RecoveryStep.Undoing, desk.Now, why), [])
                : RecoveryMachine.Next(recovery, sight, desk.View.Settings.Steps, desk.Now);
            var after = move.Lost is { } lost ? Replace(desk, recovery, lost) : move.After;
            if (after != before) desk.Write(new JournalEntry.OfRecovery(after) { At = desk.Now }, move.Acts);
            else if (!move.Acts.IsEmpty) desk.Do(recovery.Incident, move.Acts);
        }
    }

    // A step is charged with time in which somebody looked: a controller that has just started begins it anew, and one that could not see the cluster goes on with it.
    private static JobRecovery Charged(Desk desk, JobRecovery move)
        => move.Epoch != desk.State.Epoch ? move with { Epoch = desk.State.Epoch, StepSince = desk.Now }
            : desk.View.NotCounted == TimeSpan.Zero ? move : move with { StepSince = move.StepSince + desk.View.NotCounted };

    private static bool HasDied(Desk desk, JobRecovery move) => desk.View.Cluster.Job(move.Job) is { Contract: { IsDeclared: true, OnFailure: OnFailure.Restart } } job
        && desk.State.Open.Any(incident => move.Targets.Contains(incident.Node) && Casualties.Is(incident, job));

    // Until the job is taken off its nodes nothing is lost by leaving it where it is. A node with several troubles is left as long as one of them may be answered.
    private static string? Withdrawn(Desk desk, JobRecovery move)
    {
        if (move.Step > RecoveryStep.Stopping || move.StoppedAt is not null) return null;
        foreach (var node in move.Targets)
        {
            var refusals = desk.State.Open.Where(incident => incident.Node == node && Places.Asks(incident))
                .Select(incident => GuardBook.Withdrawal(desk, incident, desk.View.Cluster.Job(move.Job), Alternative.MoveNow)).ToList();
            if (refusals.Count > 0 && refusals.TrueForAll(refusal => refusal is not null)) return refusals[0]!.Why;
        }

        return null;
    }

    // Those that were chosen and are still good stay chosen; the job's own node that turned bad meanwhile is left as well.
    private static JobRecovery Replace(Desk desk, JobRecovery recovery, ImmutableHashSet<string> lost)
    {
        var job = desk.View.Cluster.Job(recovery.Job)!; // it would have been given up without one
        var choice = Places.Choose(desk, job, recovery.Destinations, lost);
        if (!choice.IsFeasible)
        {
            var why = $"{string.Join(", ", lost.Order(StringComparer.Ordinal))} cannot take it either: {string.Join("; ", choice.Explanation)}";
            return (recovery with { Outcome = RecoveryOutcome.NoPlace }).At(RecoveryStep.Undoing, desk.Now, why);
        }

        if (recovery.Step >= RecoveryStep.Stopping) return recovery.To(choice.Nodes, desk.Now);
        var troubles = desk.State.Open.Where(incident => Places.Asks(incident) && lost.Contains(incident.Node) && job.IsOn(incident.Node)).ToList();
        Deciding.Drain(desk, troubles.Where(incident => GuardBook.Refusal(desk, incident, null, Alternative.DrainAndLetEnd) is null));
        return (recovery with { MayNotAsk = recovery.MayNotAsk || troubles.Any(incident => incident.State == HealthState.Failed) }).To(choice.Nodes, desk.Now);
    }
}
