using Forewarn.Controller.Coordination;
using Forewarn.Controller.Fleet;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Recovery;

/// <summary>
/// What the controller sees and does, told as it happens. The journal has all that was decided and done; nodes that stand in another state are kept in memory, the newest of
/// this run, and who comes back too late for them is told so.
/// </summary>
/// <param name="began">When this run began.</param>
internal sealed class FleetEvents(DateTimeOffset began)
{
    // Own figures: a power cut in a hall of ten thousand nodes is that many changes at once, and is still there for who was cut off by it.
    private const int Capacity = 4096;
    private const int MostChanges = 65_536;

    private readonly Lock _gate = new();
    private readonly Broadcast<FleetEvent> _told = new(Capacity);
    private readonly Queue<FleetEvent> _changes = new();
    private long _change;
    private long _line;

    /// <summary>By which those who come back know whether numbers of changes are of this run.</summary>
    public long Run { get; } = began.ToUnixTimeMilliseconds();

    /// <summary>The journal, by the numbers of its lines; null where there is none.</summary>
    public SqliteJournal? Journal
    {
        get;
        set
        {
            field = value;
            _line = value?.Newest ?? 0;
        }
    }

    /// <summary>Up to here all was told.</summary>
    public EventMark Newest
    {
        get
        {
            lock (_gate) return new(_line, _change, Run);
        }
    }

    /// <summary>From now on.</summary>
    public Listener<FleetEvent> Listen() => _told.Listen();

    /// <summary>A line of the journal, in the order of their numbers.</summary>
    public void Tell(long line, JournalEntry entry)
    {
        lock (_gate)
        {
            _line = line;
            if (Happening.Of(entry) is { } what) _told.Tell(new(line, 0, what));
        }
    }

    /// <summary>Nodes that stand in another state.</summary>
    public void Tell(IReadOnlyList<NodeStateChange> changes, DateTimeOffset at)
    {
        lock (_gate)
        {
            foreach (var one in changes)
            {
                var text = $"{one.After}{(one.Before is { } before ? $", was {before}" : "")}{(one.IsSilent ? ": not heard any more" : "")}";
                var told = new FleetEvent(0, ++_change, new("node", at, 0, one.Node, "", text));
                if (_changes.Count == MostChanges) _changes.Dequeue();
                _changes.Enqueue(told);
                _told.Tell(told);
            }
        }
    }

    /// <summary>Changes of nodes behind this number, and whether that is all of them.</summary>
    public (IReadOnlyList<FleetEvent> Changes, bool IsWhole) Changes(EventMark after)
    {
        lock (_gate)
        {
            var last = after.Run == Run ? after.Change : 0;
            var isWhole = after.Run == Run && last >= _change - _changes.Count;
            return ([.. _changes.Where(one => one.Change > last)], isWhole);
        }
    }

    /// <summary>The newest of both, in the order of their times.</summary>
    public IReadOnlyList<FleetEvent> Last(int most)
    {
        var lines = Journal?.Last(most) ?? [];
        lock (_gate)
        {
            return [.. Told(lines).Concat(_changes.Skip(_changes.Count - most)).OrderBy(static one => one.What.At).TakeLast(most)];
        }
    }

    /// <summary>Lines of the journal behind this one, how many were looked at, and the number of the last of these. Throws <see cref="JournalException"/>.</summary>
    public (IReadOnlyList<FleetEvent> Events, int Looked, long Line) Past(long line, int most)
    {
        var lines = Journal?.After(line, most) ?? [];
        return ([.. Told(lines)], lines.Count, lines.Count == 0 ? line : lines[^1].Id);
    }

    /// <summary>The controller ends.</summary>
    public void Complete() => _told.Complete();

    private static IEnumerable<FleetEvent> Told(IEnumerable<(long Id, JournalEntry Entry)> lines)
        => lines.Select(static line => Happening.Of(line.Entry) is { } what ? new FleetEvent(line.Id, 0, what) : null).OfType<FleetEvent>();
}
