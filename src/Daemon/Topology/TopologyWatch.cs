using System.Collections.Immutable;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;
using Forewarn.Controller.Topology;
using Forewarn.Daemon.Configuration;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Topology;

/// <summary>
/// Reads all that tells how the nodes are wired, beside the looks of whoever needs the graph: a file server or a scheduler that does not answer holds up nobody but this.
/// </summary>
/// <param name="options">Which sources.</param>
/// <param name="scheduler">Asks the scheduler: what it says, or why it does not; null where it is not asked.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Takes what somebody should see to.</param>
internal sealed partial class TopologyWatch(
    TopologyOptions options, Func<CancellationToken, Task<(TopologyReading? Reading, string Trouble)>>? scheduler, TimeProvider time, ILogger logger)
{
    // Own figures: how soon a changed file is seen; and how often the agents are asked for the fabric of their devices, which changes when somebody rewires.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AgentsEvery = TimeSpan.FromMinutes(1);

    private readonly WatchedFile _site = new(options.SiteFile);
    private readonly WatchedFile _fabric = new(options.FabricListing);
    private TopologyTexts _texts = TopologyTexts.None;
    private (TopologyReading? Reading, string Trouble) _told = (null, "");
    private DateTimeOffset _asked = DateTimeOffset.MinValue;
    private (TopologyTexts Texts, ImmutableHashSet<string> Nodes) _built = (TopologyTexts.None, []);
    private TopologyStand? _stand;

    /// <summary>As it was put together last; null before the first time.</summary>
    public TopologyStand? Stand => Volatile.Read(ref _stand);

    /// <summary>Looks until it is told to end.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(cancellation)) await LookAsync(cancellation);
    }

    /// <summary>Reads what was changed, or whose turn it is.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        var isNew = await _site.LookAsync(cancellation);
        isNew |= await _fabric.LookAsync(cancellation);
        isNew |= await AskAsync(cancellation);
        if (!isNew) return;
        TopologyComplaint[] troubles =
        [
            .. new[] { _site, _fabric }.Where(static file => file.Trouble.Length > 0).Select(static file => new TopologyComplaint(file.Path, 0, file.Trouble)),
            .. _told.Trouble.Length > 0 ? [new TopologyComplaint("the scheduler", 0, _told.Trouble)] : (TopologyComplaint[])[],
        ];
        Volatile.Write(ref _texts, new(_site.Text, _fabric.Text, _told.Reading, troubles));
    }

    /// <summary>The graph of these nodes, by their scheduler's names; the one of before where nothing has changed.</summary>
    public TopologyStand Of(IEnumerable<string> nodes, FleetState fleet)
    {
        var (texts, names, now) = (Volatile.Read(ref _texts), nodes.ToImmutableHashSet(StringComparer.Ordinal), time.GetUtcNow());
        if (_stand is { } known && ReferenceEquals(_built.Texts, texts) && now - known.At < AgentsEvery && _built.Nodes.SetEquals(names)) return known;
        var before = _stand;
        var stand = Build(texts, names, fleet, now);
        _built = (texts, names);
        Volatile.Write(ref _stand, stand);
        if (before is null || before.Conflicts.Length != stand.Conflicts.Length || before.Complaints.Length != stand.Complaints.Length || before.Graph.Nodes.Length != stand.Graph.Nodes.Length)
            Log.Known(logger, stand.Graph.Nodes.Length, stand.Sources.Length, stand.Conflicts.Length, stand.Complaints.Length);
        return stand;
    }

    private TopologyStand Build(TopologyTexts texts, ImmutableHashSet<string> nodes, FleetState fleet, DateTimeOffset now)
    {
        var nothing = new TopologyReading([], []);
        TopologyReading[] readings =
        [
            texts.Site is { } site ? SiteFile.Read(_site.Path, site) : nothing,
            texts.Fabric is { } fabric ? FabricReader.Read(_fabric.Path, fabric, nodes) : nothing,
            texts.Scheduler ?? nothing,
        ];
        var devices = ReportedDomains.Of(fleet.Nodes.Values.Where(node => nodes.Contains(node.Name)).Select(static node => (node.Name, node.Devices)));
        List<TopologyFacts> facts = [.. readings.SelectMany(static reading => reading.Facts), .. devices.Nodes.IsEmpty ? (TopologyFacts[])[] : [devices]];
        ImmutableArray<TopologySource> sources = [.. facts.Select(static one => one.Source).Order()];
        var merged = TopologyMerge.Of(WithAll(facts, nodes));
        return new(merged.Graph, merged.Conflicts, [.. texts.Troubles, .. readings.SelectMany(static reading => reading.Complaints)], sources, now);
    }

    // Of a node that nobody tells of it is known that it is there: it can be left and gone to, from afar.
    private static List<TopologyFacts> WithAll(List<TopologyFacts> facts, ImmutableHashSet<string> nodes)
    {
        var told = facts.SelectMany(static one => one.Nodes).Select(static node => node.Node).ToHashSet(StringComparer.Ordinal);
        NodeFacts[] bare = [.. nodes.Where(node => !told.Contains(node)).Order(StringComparer.Ordinal).Select(static node => new NodeFacts(node))];
        if (bare.Length == 0) return facts;
        if (facts.Count == 0) return [new(TopologySource.SchedulerTree, [.. bare])];
        return [facts[0] with { Nodes = [.. facts[0].Nodes, .. bare] }, .. facts.Skip(1)];
    }

    private async Task<bool> AskAsync(CancellationToken cancellation)
    {
        if (scheduler is null || time.GetUtcNow() - _asked < options.RefreshEvery) return false;
        var (reading, trouble) = await scheduler(cancellation);
        // One that cannot answer is asked again at the next look, and what it said before stands.
        if (trouble.Length == 0) _asked = time.GetUtcNow();
        var isNew = trouble != _told.Trouble || (reading is not null && !IsSame(reading, _told.Reading));
        _told = (reading ?? _told.Reading, trouble);
        return isNew;
    }

    private static bool IsSame(TopologyReading one, TopologyReading? other) => other is not null && one.Complaints.SequenceEqual(other.Complaints)
        && one.Facts.Length == other.Facts.Length && one.Facts.Zip(other.Facts).All(static pair => IsSame(pair.First, pair.Second));

    private static bool IsSame(TopologyFacts one, TopologyFacts other) => one.Source == other.Source && one.Switches.SequenceEqual(other.Switches)
        && one.Nodes.Length == other.Nodes.Length && one.Nodes.Zip(other.Nodes).All(static pair => (pair.First.Node, pair.First.Domain, pair.First.Switch) == (pair.Second.Node, pair.Second.Domain, pair.Second.Switch));

    private static partial class Log
    {
        [LoggerMessage(EventId = 420, Level = LogLevel.Information,
            Message = "the wiring of {Nodes} nodes is known from {Sources} sources, with {Conflicts} conflicts and {Complaints} complaints; forewarn fleet topology shows them")]
        public static partial void Known(ILogger logger, int nodes, int sources, int conflicts, int complaints);
    }
}
