using Forewarn.Controller.Fleet;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Reports;
using Forewarn.Controller.Schedulers;
using Forewarn.Controller.Topology;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Fleet.Views;
using Forewarn.Model;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>Turns what is known of nodes into answers.</summary>
internal static class NodeAnswers
{
    public static NodeList List(WholeSight sight, PageQuestion<HealthState> question)
    {
        var asked = sight.Names.Where(name => IsAsked(sight, name, question)).ToList();
        var rest = question.After is { } after ? asked.Where(name => string.CompareOrdinal(name, after) > 0).ToList() : asked;
        var incidents = sight.Work.Open.ToLookup(static incident => incident.Node, static incident => incident.Id);
        return new()
        {
            Simulated = sight.IsSimulated,
            Time = sight.Now,
            Total = asked.Count,
            Next = rest.Count > question.Limit ? rest[question.Limit - 1] : null,
            Nodes = rest.Take(question.Limit).Select(name => Line(sight, name, incidents)),
        };
    }

    /// <summary>Null when neither an agent nor the scheduler tells of it.</summary>
    public static NodeAnswer? One(WholeSight sight, string name, IEnumerable<ReportedTransition> transitions)
    {
        var (node, known) = (sight.Fleet.Node(name), sight.Cluster?.Node(name));
        if (node is null && known is null) return null;
        var line = Line(sight, name, sight.Work.Open.ToLookup(static incident => incident.Node, static incident => incident.Id));
        var place = sight.Graph is { } graph && graph.Find(name) is >= 0 and var number ? TopologyAnswers.Of(graph, name, number) : null;
        return new()
        {
            Name = line.Name,
            State = line.State,
            Heard = line.Heard,
            Current = line.Current,
            Silent = line.Silent,
            Simulated = line.Simulated,
            InMaintenance = line.InMaintenance,
            DeviceCount = line.DeviceCount,
            IllCount = line.IllCount,
            Summary = line.Summary,
            Scheduler = line.Scheduler,
            Drain = line.Drain,
            Kept = line.Kept,
            Leaf = line.Leaf,
            Domain = line.Domain,
            Incidents = line.Incidents,
            Time = sight.Now,
            Version = Told(node?.Report.Version),
            Driver = Told(node?.Report.Driver),
            BootId = Told(node?.Report.BootId),
            Started = node?.Report.Started,
            Devices = node is null ? [] : [.. (node.Report.Itself is { } itself ? node.Devices.Prepend(itself) : node.Devices).Select(FleetAnswers.Device)],
            Transitions = [.. transitions.Select(FleetAnswers.Transition)],
            Jobs = [.. (sight.Cluster?.Jobs.Values ?? []).Where(job => job.IsOn(name) && job.Phase is not (JobPhase.Ended or JobPhase.Cancelled)).Select(static job => job.Id).Order(StringComparer.Ordinal)],
            Path = place?.Path ?? [],
            FailureDomains = place?.FailureDomains ?? [],
        };
    }

    private static bool IsAsked(WholeSight sight, string name, PageQuestion<HealthState> question)
        => (question.Partition is null || sight.Cluster?.Node(name)?.Partitions.Contains(question.Partition) == true)
            && (question.States is null || question.States.Contains(StateOf(sight, sight.Fleet.Node(name))));

    private static HealthState StateOf(WholeSight sight, FleetNode? node) => node is null ? HealthState.Unknown : sight.Fleet.Health(node, sight.Now);

    private static NodeLine Line(WholeSight sight, string name, ILookup<string, long> incidents)
    {
        var node = sight.Fleet.Node(name);
        var told = node is null ? null : FleetAnswers.Summary(sight.Fleet, node, sight.Now);
        var number = sight.Graph?.Find(name) ?? -1;
        return new()
        {
            Name = name,
            State = told?.State ?? HealthState.Unknown,
            Heard = told?.Heard,
            Current = told?.Current ?? false,
            Silent = node is not null && sight.Fleet.IsSilent(node, sight.Now),
            Simulated = told?.Simulated ?? false,
            InMaintenance = told?.InMaintenance ?? false,
            DeviceCount = told?.DeviceCount ?? 0,
            IllCount = told?.IllCount ?? 0,
            Summary = told?.Summary,
            Scheduler = sight.Cluster?.Node(name) is { } known ? Of(known) : null,
            Drain = sight.Work.Drains.GetValueOrDefault(name) is { } drain ? new(drain.Incident, drain.Reason, drain.At, drain.WasOut, drain.Lifted) : null,
            Kept = sight.Work.Kept.GetValueOrDefault(name) is { } kept ? new(kept.Node, kept.Who, kept.Why) : null,
            Leaf = Group(sight.Graph, number, TopologyLevel.Leaf),
            Domain = Group(sight.Graph, number, TopologyLevel.Domain),
            Incidents = [.. incidents[name]],
        };
    }

    private static SchedulerNodeReport Of(ClusterNode node) => new(node.Phase, node.IsDrained, Told(node.Reason), node.Partitions, node.Cards, node.FreeCards);

    private static string? Group(TopologyGraph? graph, int node, int level) => node >= 0 && graph!.GroupOf(node, level) is >= 0 and var group ? graph.Groups[group].Name : null;

    private static string? Told(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
