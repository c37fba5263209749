using System.Collections.Immutable;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;

namespace Forewarn.Daemon.Fleet;

/// <summary>Holds the fleet's state: takes reports, has them stored, and answers them. Any thread; who reads the state waits for nobody.</summary>
internal sealed class FleetKeeper
{
    // Own figure: an agent waits 10 s for its answer; a disk that needs longer than this is answered without.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly FleetWriter _writer;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly SharedTexts _texts = new();
    private readonly Dictionary<string, (string Store, long Taken)> _stored = [];
    private readonly HashSet<string> _owed = [];
    private FleetState _state;

    /// <param name="writer">Stores.</param>
    /// <param name="silentAfter">How long nothing may be heard of a node until it is Unknown.</param>
    /// <param name="time">The controller's clock.</param>
    public FleetKeeper(FleetWriter writer, TimeSpan silentAfter, TimeProvider time)
    {
        (_writer, _time, _start) = (writer, time, time.GetTimestamp());
        _state = new FleetState(time.GetUtcNow()) { SilentAfter = silentAfter };
    }

    /// <summary>The fleet as it is known now.</summary>
    public FleetState State => Volatile.Read(ref _state);

    /// <summary>The time by which nodes are heard: the controller's clock as it was at its start, and what has passed since. No node falls silent because a clock was set.</summary>
    public DateTimeOffset Now => _state.Began + _time.GetElapsedTime(_start);

    public FleetMeter Meter { get; } = new();

    /// <summary>What jobs of a node are asked for, by its name. Asked at each report, under no lock; must not wait.</summary>
    public Func<string, ImmutableArray<CheckpointOrder>> Orders { get; set; } = static _ => [];

    /// <summary>Told of each report that was new, in their order; must not wait.</summary>
    public Action<FleetChange>? Changed { get; set; }

    /// <summary>Takes up what an earlier run knew. Before the first report. Throws <see cref="FleetStoreException"/> where it cannot be read: a fleet that seems empty is none to act on.</summary>
    public void Recall()
    {
        var nodes = _writer.Recall(static store => store.Load());
        foreach (var node in nodes) _stored[node.Sight.Name] = (node.Sight.Report.Store, node.Taken);
        Volatile.Write(ref _state, State.Recall(nodes.Select(static node => node.Sight)));
    }

    /// <summary>Takes a report that was found in order; null when there is no room for another node.</summary>
    public async Task<(FleetChange Change, ReportReply Reply)?> TakeAsync(AgentReport report)
    {
        FleetChange change;
        FleetEntry? entry;
        lock (_gate)
        {
            if (_state.Nodes.Count >= FleetState.MostNodes && _state.Node(report.Node) is null) return null;
            report = ReportForm.Settle(report, _texts);
            change = _state.Take(report, Now);
            Volatile.Write(ref _state, change.State);
            entry = change.IsRefused ? null : ToStore(report, change);
            if (change.IsNewer) Changed?.Invoke(change);
        }

        if (change.IsRefused) return (change, new() { Protocol = ReportProtocol.Version, Taken = 0 });
        Meter.CountTaken(change.IsNewer);
        // Who has waited for a disk that does not answer does not wait for it once more.
        var histories = entry is null || await TryStoreAsync(entry) ? await HistoriesAsync(report) : [];
        return (change, new() { Protocol = ReportProtocol.Version, Taken = Stored(report), Orders = Orders(report.Node), Histories = histories });
    }

    /// <summary>What happened on a node, the newest first.</summary>
    public Task<IReadOnlyList<ReportedTransition>> NewestAsync(string node, int most) => _writer.ReadAsync(store => store.Newest(node, most), otherwise: []);

    /// <summary>Stores when the nodes were heard: a restart shows it. Not what they said: that is stored when it changes.</summary>
    public void KeepHeard()
    {
        var nodes = State.Nodes.Values.Select(static node => (node.Name, node.Heard)).ToList();
        if (nodes.Count > 0) _writer.Ask(store => Kept(store, nodes), otherwise: false);
    }

    /// <summary>Forgets what is older, on disk and in memory.</summary>
    public void Forget(DateTimeOffset before)
    {
        while (_writer.Ask(store => store.Forget(before), otherwise: false))
        {
            // Some at a time, so that reports do not wait for it.
        }

        lock (_gate) Volatile.Write(ref _state, _state.Forget(before));
    }

    /// <summary>Null when the report needs no disk: nothing happened, and nothing stands otherwise than what lies there.</summary>
    private FleetEntry? ToStore(AgentReport report, FleetChange change)
    {
        var taken = Stored(report);
        var transitions = report.Transitions.Where(one => one.Id > taken).Select(one => (one, Serial(one.Device, change))).ToImmutableArray();
        var isNeeded = !transitions.IsEmpty || change.StandsOtherwise || _owed.Contains(report.Node);
        return isNeeded ? new FleetEntry { Report = change.Node.Report, Heard = change.Node.Heard, Transitions = transitions } : null;
    }

    private async Task<bool> TryStoreAsync(FleetEntry entry)
    {
        var (node, store) = (entry.Report.Node, entry.Report.Store);
        var isStored = false;
        try
        {
            isStored = _writer.TryPost(entry) && await entry.Stored.WaitAsync(Patience, _time);
        }
        catch (TimeoutException)
        {
            // Perhaps it will be; the agent sends it again, and twice is once.
        }

        lock (_gate)
        {
            if (isStored) _owed.Remove(node);
            else _owed.Add(node);
            if (!isStored) return false;
            if (!_stored.TryGetValue(node, out var known) || known.Store != store || entry.Taken > known.Taken) _stored[node] = (store, entry.Taken);
        }

        Meter.CountStored(entry.Transitions.Length);
        return true;
    }

    private long Stored(AgentReport report)
    {
        lock (_gate) return _stored.TryGetValue(report.Node, out var known) && known.Store == report.Store ? known.Taken : 0;
    }

    // Of its own cards alone; what is said of the others is theirs to hear on whose node they are.
    private async Task<ImmutableArray<CardHistory>> HistoriesAsync(AgentReport report)
    {
        ImmutableArray<string> serials = [.. report.HistoryOf.Intersect(report.Devices.Select(static device => device.Serial)).Where(static serial => serial.Length > 0)];
        return serials.IsEmpty ? [] : await _writer.ReadAsync(store => store.Histories(serials, report.Node, report.Store), otherwise: []);
    }

    /// <summary>A card that was lost may not be told of any more: then as it was known before.</summary>
    private static string Serial(string device, FleetChange change)
        => change.Node.Device(device)?.Serial is { Length: > 0 } serial ? serial : change.Before?.Device(device)?.Serial ?? "";

    private static bool Kept(FleetStore store, IEnumerable<(string Node, DateTimeOffset Heard)> nodes)
    {
        store.Keep(nodes);
        return true;
    }
}
