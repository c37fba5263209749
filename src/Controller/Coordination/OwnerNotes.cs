using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Coordination;

/// <summary>Tells the owners of jobs what was done. What the scheduler shows already is not told again, so that no line of the journal is needed for it.</summary>
internal static class OwnerNotes
{
    public static void Tell(Desk desk)
    {
        if (!desk.View.Settings.TellsOwners) return;
        var concerned = desk.State.Recoveries.Keys.Concat(desk.State.Decisions.Keys.Select(static key => key.Job)).Where(static job => job.Length > 0).Distinct().Order(StringComparer.Ordinal);
        foreach (var id in concerned)
        {
            // Null where the scheduler has no such text, or does not show it: then nobody could see whether it stands there.
            if (desk.View.Cluster.Job(id) is not { AdminComment: { } text, Phase: JobPhase.Running or JobPhase.Suspended or JobPhase.Pending } job) continue;
            if (OwnerNote.Of(desk.State, job) is { } note && OwnerNote.Merge(text, note) != text)
                desk.Do(0, new SchedulerAct.Note(job.Address, note));
        }
    }
}
