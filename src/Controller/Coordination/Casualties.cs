using Forewarn.Controller.Incidents;
using Forewarn.Controller.Jobs;

namespace Forewarn.Controller.Coordination;

/// <summary>Jobs that have ended with an error because a card failed on which they ran: most programs do, and their scheduler takes it for their own doing.</summary>
internal static class Casualties
{
    // Own figure: so much later than the job an agent may notice, and its report be read.
    private static readonly TimeSpan Earlier = TimeSpan.FromMinutes(1);

    /// <summary>Own figure: a collective library hangs before it gives up, NCCL for ten minutes unless told otherwise; three times that.</summary>
    public static readonly TimeSpan Later = TimeSpan.FromMinutes(30);

    /// <summary>Those that this trouble has ended and that nobody has started anew yet; later than that its owner may have done so himself, under another number.</summary>
    public static IEnumerable<ClusterJob> Of(Desk desk, Incident incident)
        => incident.FailedAt is null ? [] : incident.Jobs.Select(desk.View.Cluster.Job).OfType<ClusterJob>().Where(job => Is(incident, job) && desk.Now - job.Ended <= Later);

    /// <summary>Those that ended with an error on the device a moment before it was known to have failed, or are ending in whatever way, where they surely held it: of one that has ended its scheduler does not tell which cards it had.</summary>
    public static IEnumerable<ClusterJob> Lately(Desk desk, Incident incident) => desk.View.Cluster.Jobs.Values.Where(job =>
        (job is { Phase: JobPhase.Completing } || (job is { Phase: JobPhase.Ended, EndedInError: true, Ended: { } ended } && ended >= desk.Now - Earlier))
        && job.Nodes.Any(node => node.Name == incident.Node && (node.HoldsAll || node.Cards.Contains(incident.Card))));

    /// <summary>This trouble has ended this job.</summary>
    public static bool Is(Incident incident, ClusterJob job)
        => incident.FailedAt is { } failed && job is { Phase: JobPhase.Ended, EndedInError: true, Ended: { } ended } && incident.Jobs.Contains(job.Id) && job.IsOn(incident.Node)
            && ended >= failed - Earlier && ended <= failed + Later;
}
