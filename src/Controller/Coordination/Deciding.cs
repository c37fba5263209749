using System.Collections.Immutable;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Jobs;

namespace Forewarn.Controller.Coordination;

/// <summary>Decides for each job that holds what is in trouble, and for each node in trouble that nobody holds.</summary>
internal static class Deciding
{
    public static void Run(Desk desk)
    {
        // What a node on its way back tells is for its repair to judge, which takes it out again; where a guard keeps it from that, it is decided as of any other node.
        var asking = desk.State.Open.Where(incident => Places.Asks(incident) && desk.State.RepairOf(incident.Node) is not { IsReturning: true, Guard: "" }).ToList();
        var held = asking.SelectMany(incident => desk.Holders(incident).Concat(Casualties.Of(desk, incident)).Select(job => (Job: job, Incident: incident))).ToList();
        foreach (var group in held.GroupBy(pair => pair.Job.Id, StringComparer.Ordinal))
        {
            desk.Watched.Add(group.Key);
            if (desk.State.MoveOf(group.Key) is not null || group.Any(pair => desk.IsAwaited(pair.Incident.Node))) continue;
            if (desk.View.IsBetweenReadings && group.All(pair => desk.IsDecided(pair.Incident, group.Key))) continue;
            ImmutableArray<Incident> incidents = [.. group.Select(pair => pair.Incident)];
            if (MustBeRead(desk, group.First().Job, incidents)) desk.AwaitsReading = true;
            else JobDecision.Make(desk, group.First().Job, incidents);
        }

        // Where all who held it have ended the node is decided by itself as well, whatever is done for them.
        var busy = held.Where(pair => pair.Job.Phase != JobPhase.Ended).Select(pair => pair.Incident.Id).ToHashSet();
        foreach (var incident in asking.Where(incident => !busy.Contains(incident.Id) && !desk.IsAwaited(incident.Node)))
        {
            if (desk.View.IsBetweenReadings && desk.IsDecided(incident, "")) continue;
            Adopt(desk, incident);
            if (desk.Cluster.Node(incident.Node) is not { WouldTakeWork: false }) DecideForNode(desk, incident);
        }
    }

    /// <summary>Writes what was decided, unless it says what the last one said.</summary>
    public static void Tell(Desk desk, DecisionRecord record)
    {
        if (!record.SaysAs(desk.State.Decisions.GetValueOrDefault((record.Incident, record.Job)))) desk.Write(new JournalEntry.OfDecision(record) { At = desk.Now });
    }

    /// <summary>Takes the nodes of these troubles out of service, where they are in, one after the other.</summary>
    public static void Drain(Desk desk, IEnumerable<Incident> incidents)
    {
        foreach (var incident in incidents)
        {
            if (DrainBook.TryTake(desk, incident, out var drain))
                desk.Write(new JournalEntry.OfDrain(drain) { At = desk.Now }, new Schedulers.SchedulerAct.TakeOut(drain.Node, drain.Reason));
        }
    }

    // Unread, its newest checkpoint would seem as old as the job: what it loses by a move would be guessed. What has failed already is lost at once and waits for nothing.
    private static bool MustBeRead(Desk desk, ClusterJob job, ImmutableArray<Incident> incidents)
        => job.Contract.Directory.Length > 0 && desk.View.Checkpoints(job.Id).Read is null && !incidents.Any(incident => Stakes.HasFailed(desk, incident) || Stakes.IsWorkSuspect(incident));

    // Whoever held it has left by himself: a gone node's jobs are requeued by their scheduler, and one requeue is enough.
    private static void Adopt(Desk desk, Incident incident)
    {
        if (!desk.IsGone(incident.Node)) return;
        foreach (var id in incident.Jobs)
        {
            if (desk.View.Cluster.Job(id) is not { Restarts: > 0, Phase: JobPhase.Pending or JobPhase.Held or JobPhase.Running } job || job.IsOn(incident.Node) || desk.State.MoveOf(id) is not null) continue;
            Tell(desk, new()
            {
                Incident = incident.Id,
                Job = id,
                User = job.User,
                Nodes = [incident.Node],
                Verdict = Verdict.Adopted,
                Why = $"{incident.Node} is gone, and the scheduler started the job anew by itself",
            });
        }
    }

    private static void DecideForNode(Desk desk, Incident incident)
    {
        var record = new DecisionRecord { Incident = incident.Id, Nodes = [incident.Node], Verdict = Verdict.Drained, Why = $"{incident.Rule}: nobody holds it, and nobody shall get it" };
        if (GuardBook.Answer(desk, incident, null) is { Kind: OrderKind.Reject } no)
        {
            Tell(desk, record with { Verdict = Verdict.Rejected, Why = $"{no.Who}: {no.Why}" });
        }
        else if (GuardBook.Refusal(desk, incident, null, Alternative.DrainAndLetEnd) is { } refusal)
        {
            Tell(desk, record with { Verdict = GuardBook.IsForApproval(desk, refusal) ? Verdict.AwaitsApproval : Verdict.Refused, Guard = refusal.Guard, Why = refusal.Why });
        }
        else
        {
            Tell(desk, record);
            Drain(desk, [incident]);
        }
    }
}
