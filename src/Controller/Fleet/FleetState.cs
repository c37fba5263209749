using System.Collections.Immutable;
using Forewarn.Controller.Reports;
using Forewarn.Model;

namespace Forewarn.Controller.Fleet;

/// <summary>
/// All nodes as their agents tell of them. Immutable: who holds one sees all nodes at one time, and each report makes a new one. It knows no clock; whether a
/// node is heard is asked with the time.
/// </summary>
public sealed record FleetState
{
    /// <summary>Own figure: four times what the largest site has that we know of. More nodes are refused.</summary>
    public const int MostNodes = 65_536;

    // Own figure: one lost packet, one slow answer, and it is none of both. 30 s.
    private static readonly TimeSpan UsualSilence = 3 * ReportProtocol.Heartbeat;

    /// <param name="began">When this controller began to listen: no node is called silent before it had its time to speak.</param>
    public FleetState(DateTimeOffset began) => Began = began;

    /// <summary>When this controller began to listen.</summary>
    public DateTimeOffset Began { get; }

    /// <summary>How long a node may say nothing until nobody can say how it is.</summary>
    public TimeSpan SilentAfter { get; init; } = UsualSilence;

    /// <summary>The nodes by name.</summary>
    public ImmutableDictionary<string, FleetNode> Nodes { get; init; } = ImmutableDictionary.Create<string, FleetNode>(StringComparer.Ordinal);

    /// <summary>The node; null when nothing was ever heard of it.</summary>
    public FleetNode? Node(string name) => Nodes.GetValueOrDefault(name);

    /// <summary>What it told is of now: it was heard by this controller, and not too long ago.</summary>
    public bool IsCurrent(FleetNode node, DateTimeOffset now) => node.Heard >= Began && now - node.Heard <= SilentAfter;

    /// <summary>
    /// It had its time to speak and did not. Right after the start a node can be neither current nor silent: then it is waited for, as long as its agent may leave a
    /// controller alone that was away.
    /// </summary>
    public bool IsSilent(FleetNode node, DateTimeOffset now) => now - (node.Heard >= Began ? node.Heard : Began + ReportProtocol.LongestPause) > SilentAfter;

    /// <summary>How the node is: the gravest of what its agent told; Unknown, and never Healthy, when that is not of now.</summary>
    public HealthState Health(FleetNode node, DateTimeOffset now) => IsCurrent(node, now) ? node.Told : HealthState.Unknown;

    /// <summary>How one of its devices is; the same holds.</summary>
    public HealthState Health(FleetNode node, ReportedDevice device, DateTimeOffset now) => IsCurrent(node, now) ? device.State : HealthState.Unknown;

    /// <summary>Names of the silent nodes.</summary>
    public ImmutableHashSet<string> Silent(DateTimeOffset now) => [.. Nodes.Values.Where(node => IsSilent(node, now)).Select(static node => node.Name)];

    /// <summary>Takes a report, settled before (<see cref="ReportForm"/>). The same one twice, or one that is not to be taken, changes nothing.</summary>
    public FleetChange Take(AgentReport report, DateTimeOffset now)
    {
        var before = Node(report.Node);
        if (before is not null && ReportOrder.Of(report, before, IsCurrent(before, now)) is var standing and not ReportStanding.New)
            return new() { State = this, Node = before, Before = before, Standing = standing };

        // While an agent cannot read its store it does not know which that is: it is still the one that it was.
        if (report.Store.Length == 0 && before is not null) report = report with { Store = before.Report.Store };
        var kept = before?.Report.Store == report.Store ? before : null;
        var newest = kept?.Newest ?? 0;
        var fresh = report.Transitions.Where(transition => transition.Id > newest).ToImmutableArray();
        var node = new FleetNode
        {
            Report = Bare(report, before?.Report),
            Heard = now,
            Newest = fresh.IsEmpty ? newest : fresh[^1].Id,
            EarlierRuns = ReportOrder.Before(report, before),
        };
        return new()
        {
            State = this with { Nodes = Nodes.SetItem(node.Name, node) },
            Node = node,
            Before = before,
            Transitions = fresh,
            Ill = [.. Stood(node.Report).Select(device => Illness.Of(node.Name, device, before?.Device(device.Id))).OfType<Illness>()],
            StandsOtherwise = before is null || StandsOtherwise(node.Report, before.Report),
        };
    }

    /// <summary>The same with nodes that an earlier run knew: their state is Unknown until they are heard, also where the clock was put back since.</summary>
    public FleetState Recall(IEnumerable<FleetNode> nodes)
        => this with { Nodes = Nodes.SetItems(nodes.Select(node => KeyValuePair.Create(node.Name, node.Heard < Began ? node : node with { Heard = Began.AddTicks(-1) }))) };

    /// <summary>The same without nodes that were not heard since then: they are gone for good, or bear another name.</summary>
    public FleetState Forget(DateTimeOffset before)
        => this with { Nodes = Nodes.RemoveRange(Nodes.Values.Where(node => node.Heard < before).Select(static node => node.Name)) };

    private static AgentReport Bare(AgentReport report, AgentReport? kept) => kept is null ? report with { Transitions = [], HistoryOf = [] } : report with
    {
        Node = kept.Node,
        Store = report.Store == kept.Store ? kept.Store : report.Store,
        BootId = report.BootId == kept.BootId ? kept.BootId : report.BootId,
        Itself = report.Itself is { } itself && kept.Itself is { } known && DeviceSameness.IsSame(itself, known) ? known : report.Itself,
        Devices = DeviceSameness.Merge(report.Devices, kept.Devices),
        Transitions = [],
        HistoryOf = [],
    };

    private static bool StandsOtherwise(AgentReport report, AgentReport before)
        => report.Store != before.Store || report.BootId != before.BootId || report.Started != before.Started || report.Version != before.Version
            || report.Driver != before.Driver || report.IsSimulated != before.IsSimulated || report.InMaintenance != before.InMaintenance
            || !report.Requested.AsSpan().SequenceEqual(before.Requested.AsSpan())
            || !Stood(report).SequenceEqual(Stood(before), Alike);

    private static IEnumerable<ReportedDevice> Stood(AgentReport report) => report.Itself is { } itself ? report.Devices.Prepend(itself) : report.Devices;

    private static readonly IEqualityComparer<ReportedDevice> Alike = EqualityComparer<ReportedDevice>.Create(
        static (one, other) => ReferenceEquals(one, other) || (one is not null && other is not null && DeviceSameness.StandsAlike(one, other)));
}
