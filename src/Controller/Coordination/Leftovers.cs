using System.Collections.Immutable;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Coordination;

/// <summary>Clears away what we did for moves that are over: holds, and nodes that a job was told to start on.</summary>
internal static class Leftovers
{
    public static void Clear(Desk desk)
    {
        List<string> ours = [.. desk.State.Moves.Select(move => move.HoldPrefix), .. desk.State.Repairs.Values.Where(repair => repair.IsOpen).Select(repair => repair.Hold)];
        foreach (var hold in desk.View.Cluster.Holds.Keys.Where(hold => !ours.Any(prefix => hold.StartsWith(prefix, StringComparison.Ordinal))).Order(StringComparer.Ordinal))
        {
            ImmutableArray<SchedulerAct> acts =
                [.. desk.View.Cluster.Jobs.Values.Where(job => job.Reservation == hold).OrderBy(job => job.Id, StringComparer.Ordinal).SelectMany(Free), new SchedulerAct.DropHold(hold)];
            desk.Do(0, acts);
        }

        // What a job was told stays with it while it runs; when it waits again it must be free to start anywhere, or it may wait for ever.
        foreach (var id in desk.State.Steered.Keys.Where(id => desk.State.MoveOf(id) is null).Order(StringComparer.Ordinal))
        {
            if (desk.View.Cluster.Job(id) is { Phase: JobPhase.Held or JobPhase.Pending, Reservation: "", RequiredNodes.IsEmpty: false } job && desk.State.WasSteered(job))
                desk.Do(desk.State.Recoveries.GetValueOrDefault(id)?.Incident ?? 0, new SchedulerAct.Unsteer(job.Address));
        }
    }

    // Only we put a held job under such a hold, so it is for us to let it go.
    private static IEnumerable<SchedulerAct> Free(ClusterJob job) => job.Phase switch
    {
        JobPhase.Held or JobPhase.Pending or JobPhase.Running when NodeRepair.IsValidation(job) => [new SchedulerAct.EndOwn(job.Address)],
        JobPhase.Held => [new SchedulerAct.Unsteer(job.Address), new SchedulerAct.LetGo(job.Address)],
        JobPhase.Pending => [new SchedulerAct.Unsteer(job.Address)],
        JobPhase.Running => [new SchedulerAct.Detach(job.Address)],
        _ => [],
    };
}
