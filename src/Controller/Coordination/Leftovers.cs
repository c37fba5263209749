using System.Collections.Immutable;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Coordination;

/// <summary>Clears away what we did for moves that are over: holds, and nodes that a job was told to start on.</summary>
internal static class Leftovers
{
    public static void Clear(Desk desk)
    {
        var ours = desk.State.Moves.Select(move => move.HoldPrefix).ToList();
        foreach (var hold in desk.View.Cluster.Holds.Keys.Where(hold => !ours.Any(prefix => hold.StartsWith(prefix, StringComparison.Ordinal))).Order(StringComparer.Ordinal))
        {
            ImmutableArray<SchedulerAct> acts =
                [.. desk.View.Cluster.Jobs.Values.Where(job => job.Reservation == hold).OrderBy(job => job.Id, StringComparer.Ordinal).SelectMany(Free), new SchedulerAct.DropHold(hold)];
            desk.Do(0, acts);
        }

        // What a job was told stays with it while it runs; when it waits again it must be free to start anywhere, or it may wait for ever.
        foreach (var move in desk.State.Recoveries.Values.Where(move => move.Step == RecoveryStep.Closed))
        {
            if (desk.View.Cluster.Job(move.Job) is { Phase: JobPhase.Held or JobPhase.Pending, Reservation: "", RequiredNodes.IsEmpty: false } job
                && job.RequiredNodes.ToHashSet().SetEquals(move.Destinations))
                desk.Do(move.Incident, new SchedulerAct.Unsteer(job.Id));
        }
    }

    // Only we put a held job under such a hold, so it is for us to let it go.
    private static IEnumerable<SchedulerAct> Free(ClusterJob job) => job.Phase switch
    {
        JobPhase.Held => [new SchedulerAct.Unsteer(job.Id), new SchedulerAct.LetGo(job.Id)],
        JobPhase.Pending => [new SchedulerAct.Unsteer(job.Id)],
        JobPhase.Running => [new SchedulerAct.Detach(job.Id)],
        _ => [],
    };
}
