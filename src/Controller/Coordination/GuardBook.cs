using System.Collections.Immutable;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Jobs;
using Forewarn.Model;

namespace Forewarn.Controller.Coordination;

/// <summary>Asks the guards, with all that they want to know.</summary>
internal static class GuardBook
{
    /// <summary>The first refusal, and in which partition; null when all let it pass in each to which the node belongs.</summary>
    public static GuardRefusal? Refusal(Desk desk, Incident incident, ClusterJob? job, Alternative alternative)
        => Refusal(desk, new(incident, "", job, alternative, Answer(desk, incident, job)?.Allows(alternative) == true), static _ => true);

    /// <summary>Who keeps this from the job, and would let its node be drained; null when nobody does.</summary>
    public static GuardRefusal? OfJob(Desk desk, Incident incident, ClusterJob job, Alternative alternative)
        => Refusal(desk, new(incident, "", job, alternative), static guard => guard.IsOfJob);

    /// <summary>Why what was begun is not to be gone on with: somebody took back what it rested on; null when nobody has. What was approved of a trouble stays so.</summary>
    public static GuardRefusal? Withdrawal(Desk desk, Incident incident, ClusterJob? job, Alternative alternative)
        => Refusal(
            desk, new(incident, "", job, alternative, desk.State.Answers.Any(answer => answer.Key.Incident == incident.Id && answer.Value.Kind == OrderKind.Approve)), static guard => guard.IsAskedAgain);

    /// <summary>Who has something against the repair of a drained node; null when nobody has. While it is under way, only those that are asked again.</summary>
    public static GuardRefusal? OfRepair(Desk desk, Incident incident, bool isUnderWay)
        => Refusal(
            desk, new(incident, "", null, Alternative.DrainAndLetEnd, desk.State.RepairAnswers.GetValueOrDefault(incident.Id) is { Kind: OrderKind.ApproveRepair }) { IsRepair = true },
            guard => !isUnderWay || guard.IsAskedAgain);

    /// <summary>What a person said of it; null when nobody has.</summary>
    public static PersonOrder? Answer(Desk desk, Incident incident, ClusterJob? job) => desk.State.Answers.GetValueOrDefault((incident.Id, job?.Id ?? ""));

    /// <summary>Whether it is for a person to approve.</summary>
    public static bool IsForApproval(Desk desk, GuardRefusal refusal, bool isRepair = false)
        => refusal.Guard == "mode" && desk.View.Settings.Guards.ModeOf(refusal.Partition, isRepair) == ActionMode.Approve;

    // To drain a node takes it from each of its partitions, and not from the job's alone.
    private static GuardRefusal? Refusal(Desk desk, Proposal proposal, Func<IGuard, bool> isAsked)
    {
        var (view, asked) = (View(desk, proposal.Incident), desk.View.Guards.Where(isAsked).ToList());
        IEnumerable<string> partitions = [.. proposal.Job is null ? [] : new[] { proposal.Job.Partition }, .. desk.Cluster.Node(proposal.Incident.Node)?.Partitions ?? []];
        foreach (var partition in partitions.DefaultIfEmpty("").Distinct())
        {
            if (Guard.Refusal(asked, proposal with { Partition = partition }, view) is var (guard, why)) return new(guard, why, partition);
        }

        return null;
    }

    private static GuardView View(Desk desk, Incident incident) => new()
    {
        Cluster = desk.Cluster,
        Now = desk.Now,
        Settings = desk.View.Settings.Guards,
        SilentNodes = desk.View.Nodes.GetValueOrDefault(incident.Node) is { IsSilent: true } ? [incident.Node] : [],
        HeldByPeople = desk.IsPeoples(incident.Node, incident.Opened) ? [incident.Node] : [],
        Domains = desk.Kin.Domains,
        Shares = desk.Share,
        RestartsOf = job => desk.State.Restarts.Where(restart => restart.Job == job).Select(restart => restart.At),
        RepairsOf = node => desk.State.RepairTimes.Where(repair => repair.Node == node).Select(repair => repair.At),
        Drains = desk.State.DrainTimes,
        Software = one => Software(desk, one),
        Fleet = one => Fleet(desk, one),
    };

    private static string? Software(Desk desk, Incident incident)
    {
        var companions = SoftwareSuspicion.Companions(incident, desk.State.Incidents.Values, desk.View.IsApplicationCode, (one, other) => ShareFault(desk, one, other));
        if (companions.Count == 0) return null;
        var nodes = companions.Select(one => one.Node).Append(incident.Node).Distinct().Order(StringComparer.Ordinal);
        return FormattableString.Invariant($"error {incident.Code} hit job {string.Join(", ", incident.Jobs)} on {string.Join(", ", nodes)} at once: it is the job's own doing");
    }

    // A fabric in trouble beneath one leaf explains errors of programs on its nodes.
    private static bool ShareFault(Desk desk, string one, string other) => desk.Kin.Of(one).Leaf is { Length: > 0 } leaf && leaf == desk.Kin.Of(other).Leaf
        && desk.State.Open.Any(incident => incident.Actions.Repair == RepairAction.InspectFabric && desk.Kin.Of(incident.Node).Leaf == leaf);

    private static string? Fleet(Desk desk, Incident incident) => FleetTrouble.Of(incident, desk.State.Incidents.Values, desk.Kin.Of) is { } trouble
        ? FormattableString.Invariant($"{incident.Rule} on {trouble.Nodes} nodes of {trouble.Shared} within ten minutes: one cause, for people") : null;
}
