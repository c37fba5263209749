using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>
/// What is remembered of one device: the last reading of each signal, how counters grew over the windows that rules ask for, and which events
/// came. Allocates only when a signal, window or event is first met.
/// </summary>
public sealed class DeviceHistory(Device device)
{
    private readonly SignalHistory?[] _signals = new SignalHistory?[SignalCatalog.All.Length];
    private readonly Dictionary<EventKey, EventTally> _events = [];
    private readonly List<EventTally> _tallies = [];

    /// <summary>Who it is; a newer identity takes the older one's place.</summary>
    public Device Device { get; set; } = device;

    /// <summary>Whether it is measured.</summary>
    public DevicePresence Presence { get; private set; } = DevicePresence.Unknown;

    /// <summary>Why not; None while it is.</summary>
    public NoDataReason Absence { get; private set; }

    /// <summary>Since when its presence is what it is.</summary>
    public DateTimeOffset PresentSince { get; private set; }

    /// <summary>Grows whenever a counter of it fell: reset, or reload of the driver.</summary>
    public int CounterGeneration { get; private set; }

    /// <summary>When its counters last began anew; the default when that was not seen.</summary>
    public DateTimeOffset CountersBegan { get; private set; }

    /// <summary>Time of the newest sample; the default before the first.</summary>
    public DateTimeOffset Sampled { get; private set; }

    /// <summary>How long the vendor calls of its last fast turn took together.</summary>
    public TimeSpan CallTime { get; private set; }

    /// <summary>Every kind of event that was seen, in the order of its first sight.</summary>
    public IReadOnlyList<EventTally> Events => _tallies;

    /// <summary>Takes what was read. A sample older than the newest is refused, since it would undo what is known.</summary>
    public void Take(Sample sample, DateTimeOffset now)
    {
        if (sample.CounterGeneration != CounterGeneration)
        {
            if (CounterGeneration != 0) CountersBegan = now;
            CounterGeneration = sample.CounterGeneration;
        }

        foreach (ref readonly var reading in sample.Readings) Signal(reading.Signal).Take(in reading, now);
        Sampled = now;
        if (sample.Group == SampleGroup.Fast) CallTime = sample.CallTime;
    }

    /// <summary>Takes an event; of one that went on (its count grew) the growth alone counts.</summary>
    public void Take(HealthEvent happened, DateTimeOffset now)
    {
        if (!_events.TryGetValue(happened.Key, out var tally))
        {
            _events[happened.Key] = tally = new EventTally(happened);
            _tallies.Add(tally);
        }

        tally.Take(happened, now);
    }

    /// <summary>Takes a change of presence.</summary>
    public void Become(DevicePresence presence, NoDataReason absence, DateTimeOffset now)
    {
        if (presence == Presence && absence == Absence) return;
        (Presence, Absence, PresentSince) = (presence, absence, now);
    }

    /// <summary>Its last value; false when it has none now.</summary>
    public bool TryGet(SignalId signal, out double value, ushort instance = 0)
    {
        var last = Last(signal, instance);
        value = last.Value;
        return last.HasValue;
    }

    /// <summary>Its last reading, value or absence; NotSupported when it was never read.</summary>
    public Reading Last(SignalId signal, ushort instance = 0)
        => _signals[(int)signal] is { } history ? history.Last(instance) : Reading.None(signal, NoDataReason.NotSupported, instance);

    /// <summary>How much a counter grew within the window that ends now, resets left out; 0 when it did not or was never read.</summary>
    public double Increase(SignalId signal, TimeSpan window, DateTimeOffset now, ushort instance = 0)
        => Signal(signal).Increase(instance, window, now);

    /// <summary>The same, and how it came about. A gauge that is counted over the card's life (retired pages) is a counter here.</summary>
    public Growth Growth(SignalId signal, TimeSpan window, DateTimeOffset now, ushort instance = 0) => Signal(signal).Growth(instance, window, now);

    /// <summary>How many instances of a signal (links) were ever read.</summary>
    public int Instances(SignalId signal) => _signals[(int)signal]?.Instances ?? 0;

    /// <summary>All that is remembered of one signal.</summary>
    public SignalHistory Signal(SignalId signal) => _signals[(int)signal] ??= new SignalHistory(signal);

    /// <summary>How often such an event came; null when it never did.</summary>
    public EventTally? Tally(HealthEventKind kind, long code)
    {
        foreach (var tally in _tallies)
        {
            if (tally.Latest.Kind == kind && tally.Latest.Code == code) return tally;
        }

        return null;
    }
}
