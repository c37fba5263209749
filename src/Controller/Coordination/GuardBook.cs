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
    /// <summary>The first refusal; null when all let it pass.</summary>
    public static (string Guard, string Why)? Refusal(Desk desk, Incident incident, ClusterJob? job, Alternative alternative)
    {
        var isApproved = Answer(desk, incident, job) is { Kind: OrderKind.Approve };
        var partitions = job is not null ? [job.Partition] : desk.Cluster.Node(incident.Node) is { Partitions.IsEmpty: false } node ? node.Partitions : [""];
        var view = View(desk, incident);
        return partitions.Select(partition => Guard.Refusal(new(incident, partition, job, alternative, isApproved), view)).FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>What a person said of it; null when nobody has.</summary>
    public static PersonOrder? Answer(Desk desk, Incident incident, ClusterJob? job) => desk.State.Answers.GetValueOrDefault((incident.Id, job?.Id ?? ""));

    /// <summary>Whether it is for a person to approve in this partition.</summary>
    public static bool IsForApproval(Desk desk, string guard, string partition) => guard == "mode"
        && desk.View.Settings.Guards.Modes.GetValueOrDefault(partition, desk.View.Settings.Guards.Mode) == ActionMode.Approve;

    private static GuardView View(Desk desk, Incident incident) => new()
    {
        Cluster = desk.Cluster,
        Now = desk.Now,
        Settings = desk.View.Settings.Guards,
        SilentNodes = desk.View.Nodes.GetValueOrDefault(incident.Node) is { IsSilent: true } ? [incident.Node] : [],
        HeldByPeople = desk.IsPeoples(incident.Node, incident.Opened) ? [incident.Node] : [],
        Domains = desk.Kin.Domains,
        RestartsOf = job => desk.State.Restarts.Where(restart => restart.Job == job).Select(restart => restart.At),
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
