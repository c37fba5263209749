using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>How often one kind of event came to one device.</summary>
public sealed class EventTally(HealthEvent first)
{
    // Own figure: a driver's line with its registers has under 200 characters.
    private const int MostText = 240;

    private RollingSum _hour = new(TimeSpan.FromHours(1));
    private RollingSum _day = new(TimeSpan.FromDays(1));
    private DateTimeOffset _openedAt;
    private long _openCount;

    /// <summary>The newest, with its text, detail and raw line.</summary>
    public HealthEvent Latest { get; private set; } = first;

    /// <summary>First time seen, on the judging clock.</summary>
    public DateTimeOffset First { get; private set; } = first.FirstSeen;

    /// <summary>When the newest, or the burst that still goes on, began; on the judging clock.</summary>
    public DateTimeOffset Began { get; private set; }

    /// <summary>Last time seen, on the judging clock: when it happened, where that was told later.</summary>
    public DateTimeOffset Last { get; private set; }

    /// <summary>When it was last seen on the device's watched clock (<see cref="DeviceHistory.Watched"/>).</summary>
    public DateTimeOffset Seen { get; private set; }

    /// <summary>Place of the newest beginning among all events of the node; who tells cause from consequence compares it, since times may be equal.</summary>
    public long Order { get; private set; }

    /// <summary>All together.</summary>
    public long Count { get; private set; }

    /// <summary>Those in the boot of the newest.</summary>
    public long InBoot { get; private set; }

    /// <summary>How often its words were replaced by newer or richer ones.</summary>
    public int Tellings { get; private set; }

    /// <summary>Which processes it hit and where; null while none of it named either.</summary>
    public Recurrence? Recurrence { get; private set; }

    /// <summary>Within the last hour that was watched; whole numbers, the last one stays up to five minutes longer.</summary>
    public double InHour(DateTimeOffset watched) => Whole(_hour, watched);

    /// <summary>Within the last 24 hours that were watched; whole numbers, the last one stays up to two hours longer.</summary>
    public double InDay(DateTimeOffset watched) => Whole(_day, watched);

    /// <summary>Takes it: a new one, or one that is still going on and whose count grew.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="watched">Now, on the device's watched clock.</param>
    /// <param name="last">When it last came, on the judging clock.</param>
    /// <param name="late">How long ago that is: a log that is read up to now was watched all that time.</param>
    /// <param name="order">Its place among all events of the node.</param>
    /// <returns>By how many it grew.</returns>
    internal long Take(HealthEvent happened, DateTimeOffset watched, DateTimeOffset last, TimeSpan late, long order)
    {
        var isNew = happened.FirstSeen != _openedAt;
        var grown = isNew ? happened.Count : happened.Count - _openCount;
        if (grown <= 0)
        {
            // Its twin from the kernel's log counts nothing, and says where and what.
            if (!isNew && Latest.Raw.Length == 0 && happened.Raw.Length > 0) (Latest, Tellings) = (happened, Tellings + 1);
            return 0;
        }

        (_openedAt, _openCount) = (happened.FirstSeen, happened.Count);
        var began = last - (happened.LastSeen - happened.FirstSeen);
        if (isNew) (Began, Order) = (began, order);
        if (Count == 0) First = began;
        if (happened.BootId != Latest.BootId) InBoot = 0;
        InBoot += grown;
        (Latest, Tellings) = (happened, Tellings + 1);
        if (last > Last) Last = last;
        if (watched - late > Seen) Seen = watched - late;
        Count += grown;
        if (happened.Detail is { } detail && (detail.Pid > 0 || detail.Place.Length > 0)) (Recurrence ??= new()).Take(detail, last, watched);
        _hour.Add(grown, watched);
        _day.Add(grown, watched);
        return grown;
    }

    /// <summary>So many of the newest are counted under another name.</summary>
    internal void Withdraw(long same, DateTimeOffset watched)
    {
        _hour.Withdraw(same, watched);
        _day.Withdraw(same, watched);
    }

    /// <summary>The same on a watched clock that is so much ahead of its own.</summary>
    internal EventTally Shifted(TimeSpan by) => new(Latest)
    {
        First = First,
        Began = Began,
        Last = Last,
        Seen = Seen + by,
        Order = Order,
        Count = Count,
        InBoot = InBoot,
        Tellings = Tellings,
        Recurrence = Recurrence?.Shifted(by),
        _hour = _hour.Shifted(by),
        _day = _day.Shifted(by),
        _openedAt = _openedAt,
        _openCount = _openCount,
    };

    /// <summary>Writes it, without what can be known again: the device and who else saw it.</summary>
    internal void Save(MemoryWriter memory)
    {
        memory.Text(Latest.Kind.ToString()); // numbers may change with the version
        memory.Number(Latest.Code);
        memory.Text(Latest.Text, MostText);
        memory.Flag(Latest.Raw != Latest.Text);
        if (Latest.Raw != Latest.Text) memory.Text(Latest.Raw, MostText);
        memory.Text(Latest.BootId);
        memory.Text(Latest.Source);
        memory.WallTime(Latest.FirstSeen);
        memory.WallTime(Latest.LastSeen);
        memory.Number(Latest.Count);
        EventDetailMemory.Save(memory, Latest.Detail);
        memory.Time(First);
        memory.Time(Began);
        memory.Time(Last);
        memory.Time(Seen);
        memory.Number(Count);
        memory.Number(InBoot);
        memory.WallTime(_openedAt);
        memory.Number(_openCount);
        _hour.Save(memory);
        _day.Save(memory);
        Recurrence?.Save(memory);
    }

    /// <summary>Reads what <see cref="Save"/> wrote; null when that makes no sense, or when this version knows no such kind.</summary>
    internal static EventTally? Load(ref MemoryReader memory, Device device)
    {
        var isKnown = Enum.TryParse<HealthEventKind>(memory.Text(), out var kind);
        var (code, text) = (memory.Whole(), memory.Text());
        var raw = memory.Flag() ? memory.Text() : text;
        var (boot, source) = (memory.Text(), memory.Text());
        var (began, last, count) = (memory.Time(), memory.Time(), memory.Whole());
        var latest = new HealthEvent
        {
            Kind = kind,
            Device = device.Id == DeviceId.Node ? null : device,
            Code = code,
            Text = text,
            Raw = raw,
            BootId = boot,
            Source = source,
            FirstSeen = began,
            LastSeen = last,
            Count = count,
            Detail = EventDetailMemory.Load(ref memory),
        };
        var tally = new EventTally(latest) { First = memory.Time(), Began = memory.Time(), Last = memory.Time(), Seen = memory.Time(), Count = memory.Whole(), InBoot = memory.Whole() };
        tally._openedAt = memory.Time();
        tally._openCount = memory.Whole();
        if (RollingSum.Load(ref memory) is not { } hour || RollingSum.Load(ref memory) is not { } day || memory.IsTorn || !isKnown) return null;
        (tally._hour, tally._day) = (hour, day);
        if (!memory.IsAtEnd) tally.Recurrence = Recurrence.Load(ref memory);
        if (memory.IsTorn) return null;
        return tally;
    }

    // A share of an event is none: what has not wholly left still counts as one.
    private static double Whole(RollingSum sum, DateTimeOffset watched) => Math.Ceiling(sum.Total(watched) - 1e-6);
}
