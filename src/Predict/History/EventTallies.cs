using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>The events of one device, each kind with its count; bounded, since a log can be made to name anything.</summary>
internal sealed class EventTallies
{
    // Own figure: NVIDIA's catalogue has 172 codes, a card that shows thirty of them is long out of service.
    public const int Most = 256;

    // Own figure: room for some twenty kinds with their lines, so that a device's memory stays below 20 KiB.
    private const int MostBytes = 5 * 1024;

    private readonly Dictionary<EventKey, EventTally> _byKey = [];
    private readonly List<EventTally> _all = [];
    private readonly ToldTwice _toldTwice = new();

    /// <summary>In the order of their first sight.</summary>
    public IReadOnlyList<EventTally> All => _all;

    /// <summary>Kinds that were given up for newer ones.</summary>
    public long LeftOut { get; private set; }

    public EventTally? Find(HealthEventKind kind, long code)
    {
        foreach (var tally in _all)
        {
            if (tally.Latest.Kind == kind && tally.Latest.Code == code) return tally;
        }

        return null;
    }

    public void Take(HealthEvent happened, DateTimeOffset watched, DateTimeOffset last, TimeSpan late, long order)
    {
        var key = Key(happened);
        if (!_byKey.TryGetValue(key, out var tally) && (tally = Poorer(happened, key)) is null)
        {
            if (_all.Count >= Most) GiveUpOne();
            Add(key, tally = new EventTally(happened));
        }

        var grown = tally.Take(happened, watched, last, late, order);
        if (grown > 0 && happened.Kind == HealthEventKind.BusError) _toldTwice.Take(tally, grown, last, watched);
    }

    /// <summary>Takes what was counted under another name of the device; what is counted here already counts once.</summary>
    public void Adopt(EventTally tally)
    {
        var key = Key(tally.Latest);
        if (_byKey.TryGetValue(key, out var known))
        {
            known.Take(tally.Latest, tally.Seen, tally.Last, TimeSpan.Zero, tally.Order);
            return;
        }

        if (_all.Count >= Most) GiveUpOne();
        Add(key, tally);
    }

    /// <summary>Writes as many as there is room for, the newest first.</summary>
    public void Save(MemoryWriter memory, JudgingClock clock)
    {
        var kept = new List<MemoryWriter>();
        var left = MostBytes;
        foreach (var tally in _all.OrderByDescending(tally => tally.Last).ThenByDescending(tally => tally.Order))
        {
            var part = new MemoryWriter().Begin(clock);
            tally.Save(part);
            left -= part.Written.Length + 3;
            if (left < 0) break;
            kept.Add(part);
        }

        memory.Number(LeftOut + _all.Count - kept.Count);
        for (var i = kept.Count - 1; i >= 0; i--) memory.Part(0, kept[i]);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    public void Load(ref MemoryReader memory, Device device)
    {
        LeftOut = memory.Whole();
        while (!memory.IsAtEnd && _all.Count < Most)
        {
            var part = memory.Part(out _);
            var tally = EventTally.Load(ref part, device);
            if (part.IsTorn) memory.Tear();
            else if (tally is not null && !_byKey.ContainsKey(Key(tally.Latest))) Add(Key(tally.Latest), tally);
        }

        _all.Sort(static (a, b) => a.First.CompareTo(b.First));
    }

    public void Clear()
    {
        _byKey.Clear();
        _all.Clear();
        LeftOut = 0;
    }

    /// <summary>
    /// The same event before its richer telling: the library says the code alone, and the kernel's line, when it comes, the link and the unit. It
    /// goes on under its new key, so that it is not counted twice.
    /// </summary>
    private EventTally? Poorer(HealthEvent happened, EventKey key)
    {
        if (happened.Detail is null) return null;
        foreach (var tally in _all)
        {
            var latest = tally.Latest;
            if (latest.Kind != happened.Kind || latest.Code != happened.Code || latest.FirstSeen != happened.FirstSeen || latest.Detail is not null) continue;
            _byKey.Remove(Key(latest));
            _byKey[key] = tally;
            return tally;
        }

        return null;
    }

    // The device is left out: its identity may become known later, and what came to it stays one.
    private static EventKey Key(HealthEvent happened) => happened.Key with { Device = default };

    private void Add(EventKey key, EventTally tally)
    {
        _byKey[key] = tally;
        _all.Add(tally);
    }

    /// <summary>Of the kind of event that has the most tallies the one longest not seen: a flood pushes out its like and no other.</summary>
    private void GiveUpOne()
    {
        var most = _all.CountBy(tally => tally.Latest.Kind).MaxBy(count => count.Value).Key;
        var stalest = _all.Where(tally => tally.Latest.Kind == most).MinBy(tally => tally.Last)!;
        _byKey.Remove(Key(stalest.Latest));
        _all.Remove(stalest);
        LeftOut++;
    }
}
