using System.Collections.Immutable;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Placement;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Coordination;

/// <summary>Asks the planner where a job can go: who can stay does, and only nodes come into question that are well, in service and nobody's.</summary>
internal static class Places
{
    // A mask of cards has so many bits; no node has more.
    private const int MostCards = 64;

    /// <summary>New nodes for a job.</summary>
    /// <param name="desk">The look.</param>
    /// <param name="job">Which job.</param>
    /// <param name="seats">Where it is, or was to be.</param>
    /// <param name="leaving">Nodes of these that it cannot have.</param>
    public static PlaceChoice Choose(Desk desk, ClusterJob job, ImmutableArray<string> seats, IReadOnlySet<string> leaving)
    {
        var graph = desk.View.Graph;
        if (seats.FirstOrDefault(node => graph.Find(node) < 0) is { } strange) return PlaceChoice.None($"nobody knows how {strange} is wired");
        if (seats.Except(leaving).Select(node => Reserved(desk, job, node)).FirstOrDefault(reserved => reserved is not null) is { } kept) return PlaceChoice.None(kept);
        var cards = Math.Max(1, job.Cards / Math.Max(1, seats.Length));
        ImmutableArray<string> classes = [.. seats.Select(node => desk.Cluster.Node(node)?.CardType ?? "").Distinct()];
        var taken = desk.State.Moves.Where(move => move.Job != job.Id).SelectMany(move => move.Destinations)
            .Concat(desk.Cluster.Holds.Where(hold => !hold.Key.StartsWith(OwnHolds(desk, job.Id), StringComparison.Ordinal)).SelectMany(hold => hold.Value)).ToHashSet();
        var left = seats.Where(leaving.Contains).Select(desk.Cluster.Node).OfType<ClusterNode>().ToList();
        var free = desk.Free(job.Partition).Where(one => !taken.Contains(one.Node.Name) && left.All(node => Suits(job.Needs, one.Node, node))
            && !seats.Contains(one.Node.Name) && Reserved(desk, job, one.Node.Name) is null);
        var risked = job.Ends is { } ends && ends > desk.Now ? ends - desk.Now : desk.View.Settings.Times.Unlimited;
        var plan = Planner.Plan(
            new()
            {
                Graph = graph,
                Seats = [.. seats.Select((node, seat) => new Seat(graph.Find(node), [seat], CardsOn(job, node, cards)))],
                Groups = seats.Length > 1 ? [new(RankGroupKind.Data, [.. Enumerable.Range(0, seats.Length)])] : [],
                Troubles = [.. Troubles(desk, seats, leaving)],
                Candidates = [.. free.Select(one => new Candidate(one.Place, one.Node.CardType, Mask(one.Node.FreeCards)) { Risk = one.Failure.Within(risked) })],
                Classes = classes,
                Spares = desk.View.Settings.Spares,
            },
            desk.View.Settings.Policy);
        return plan.IsFeasible
            ? new([.. plan.Nodes.Select(node => graph.Nodes[node])], plan.Explanation) { Losing = [.. plan.Alternatives.Select(Losing)] }
            : new([], plan.Explanation.IsEmpty ? ["no nodes to move to"] : plan.Explanation);
    }

    private static LosingPlacement Losing(LosingPlan plan) => new([.. plan.Moves.Select(static move => $"{move.From} → {move.To}")], plan.LostBy, plan.Words);

    /// <summary>The trouble is one that work should leave.</summary>
    public static bool Asks(Incident incident) => incident.Actions.Work >= WorkAction.DrainWhenIdle || incident.State == HealthState.Failed;

    // Started anew the job has all its time before it: its scheduler lets it start only where nobody else has the node before that is over.
    private static string? Reserved(Desk desk, ClusterJob job, string node)
    {
        var until = job is { Ends: { } ends, Started: { } started } ? desk.Now + (ends - started) : DateTimeOffset.MaxValue;
        return desk.View.Cluster.Reservations.FirstOrDefault(one => one.Nodes.Contains(node) && (one.Starts ?? desk.Now) < until) is { } reservation
            ? $"{node} is reserved by others before the job would be done: {reservation.Name}" : null;
    }

    // What features mean is not taken apart: a node with the same ones as that which is left is as good. Who names no memory may be given all of it.
    private static bool Suits(JobNeeds needs, ClusterNode node, ClusterNode left) => !needs.Excluded.Contains(node.Name)
        && (needs.Features.Length == 0 || node.Features == left.Features)
        && node.FreeCpus >= needs.Cpus && (needs.Memory > 0 ? node.FreeMemory >= needs.Memory : node.FreeMemory == node.Memory);

    private static string OwnHolds(Desk desk, string job) => desk.State.MoveOf(job)?.HoldPrefix ?? "-";

    // Of the job's own nodes those that it leaves; elsewhere all that is ill, for what is wrong with a neighbour may spread.
    private static IEnumerable<Trouble> Troubles(Desk desk, ImmutableArray<string> seats, IReadOnlySet<string> leaving)
    {
        foreach (var node in seats.Where(leaving.Contains)) yield return new(desk.View.Graph.Find(node), IsFailed: true);
        foreach (var (node, place) in desk.Unfit().Wired)
        {
            if (!seats.Contains(node)) yield return new(place, IsFailed: true);
        }
    }

    private static int CardsOn(ClusterJob job, string node, int usual) => job.Nodes.FirstOrDefault(one => one.Name == node) is { Cards.Length: > 0 and var held } ? held : usual;

    private static ulong Mask(int cards) => cards >= MostCards ? ulong.MaxValue : (1UL << cards) - 1;
}
