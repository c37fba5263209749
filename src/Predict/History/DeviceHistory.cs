using Forewarn.Model;
using Forewarn.Predict.Peers;
using Forewarn.Predict.States;

namespace Forewarn.Predict.History;

/// <summary>
/// What is remembered of one device: the last reading of each signal, how counters grew over the windows that rules ask for, which events
/// came, and what is open before the judge. It moves with the device. Allocates only when a signal, window or event is first met.
/// </summary>
public sealed partial class DeviceHistory
{
    // Defaults of the two lanes' periods, and the longest that the configuration allows them to be without every turn being a gap.
    private readonly Pace _fast = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    private readonly Pace _slow = new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
    private static readonly TimeSpan LeastFresh = TimeSpan.FromSeconds(15); // own figure

    // Own figure: what the load of a driver or the reset of a card takes at most. A card whose calls hung was last read long before its reset, and
    // what was said of it in that time is what the reset ends.
    private static readonly TimeSpan LongestRestart = TimeSpan.FromMinutes(2);

    private readonly SignalHistory?[] _signals = new SignalHistory?[SignalCatalog.All.Length];
    private readonly EventTallies _events = new();
    private readonly JudgingClock _clock;
    private DateTimeOffset _sampledFast;
    private DateTimeOffset _sampledSlow;
    private DateTimeOffset _countersRead;
    private DateTimeOffset _restartedAt;
    private int _restartsSlow;
    private long _arrived;
    private DateTimeOffset _watched;
    private DateTimeOffset _watchedAt;

    /// <summary>A device that is met for the first time.</summary>
    public DeviceHistory(Device device) : this(device, new JudgingClock())
    {
    }

    internal DeviceHistory(Device device, JudgingClock clock) => (Device, _clock, Ledger) = (device, clock, new FindingLedger(clock));

    /// <summary>Who it is; a newer identity takes the older one's place.</summary>
    public Device Device { get; set; }

    /// <summary>Whether it is measured.</summary>
    public DevicePresence Presence { get; private set; } = DevicePresence.Unknown;

    /// <summary>Why not; None while it is.</summary>
    public NoDataReason Absence { get; private set; }

    /// <summary>Since when its presence is what it is.</summary>
    public DateTimeOffset PresentSince { get; private set; }

    /// <summary>No source lists it: it is known from the kernel log alone, and what the log says is all the evidence there is.</summary>
    public bool IsLogged { get; set; }

    /// <summary>Somebody works at this device.</summary>
    public bool InMaintenance { get; set; }

    /// <summary>Grows whenever its counters began anew: reset, or reload of the driver.</summary>
    public int CounterGeneration { get; private set; }

    /// <summary>When its counters last began anew; the default when that was not seen.</summary>
    public DateTimeOffset CountersBegan { get; private set; }

    /// <summary>How often a reset, a reload of the driver or a reboot was seen.</summary>
    public int Restarts { get; private set; }

    /// <summary>
    /// When a counter was last read before the newest of those: what was seen before this was before the restart. The default before the first, and
    /// while nothing was ever read.
    /// </summary>
    public DateTimeOffset BeforeRestart { get; private set; }

    /// <summary>When a counter of it was last read; the default before the first time.</summary>
    internal DateTimeOffset CountersRead => _countersRead;

    /// <summary>Time of the newest sample; the default before the first.</summary>
    public DateTimeOffset Sampled { get; private set; }

    /// <summary>How old a sample of it may be and still say what is now: five of its periods, and never less than a busy node takes to start a probe anew.</summary>
    internal TimeSpan Fresh => _fast.Longest > LeastFresh ? _fast.Longest : LeastFresh;

    /// <summary>How long the vendor calls of its last fast turn took together.</summary>
    public TimeSpan CallTime { get; private set; }

    /// <summary>How it compares with its siblings.</summary>
    public PeerStates Peers { get; } = new();

    /// <summary>Which signals it told and does not tell any more.</summary>
    public FieldWatch Fields { get; } = new();

    /// <summary>Readings that could not be: no number, or a counter below zero. They are absent, as invalid.</summary>
    public long Refused { get; private set; }

    /// <summary>Last time it was healthy while it was at work; null when never seen so.</summary>
    public DateTimeOffset? LastHealthyUnderLoad { get; internal set; }

    /// <summary>
    /// Every kind of event that was seen, in the order of its first sight, at most 256. Which of two came first, on this or another device, their
    /// <see cref="EventTally.Order"/> says, and how far apart their <see cref="EventTally.Began"/>.
    /// </summary>
    public IReadOnlyList<EventTally> Events => _events.All;

    /// <summary>Kinds of event that were given up for newer ones.</summary>
    public long EventsLeftOut => _events.LeftOut;

    /// <summary>What operators cleared of it and what therefore stays away.</summary>
    public IEnumerable<Dismissal> Dismissals => Ledger.Dismissals;

    internal FindingLedger Ledger { get; }

    /// <summary>The state that was told last, and since when it is in it (wall clock).</summary>
    internal (HealthState State, DateTimeOffset Since) Announced { get; set; } = (HealthState.Unknown, default);

    /// <summary>
    /// Takes what was read. A sample that arrived before the newest is refused, since it would undo what is known; its time does not tell, since a
    /// clock may be set back.
    /// </summary>
    public void Take(Sample sample, DateTimeOffset now)
    {
        if (sample.Arrived < _arrived && sample.Arrived != 0) return;
        _arrived = sample.Arrived;
        now = _clock.At(now);
        if (sample.CounterGeneration != CounterGeneration)
        {
            if (CounterGeneration != 0) BeginCounters(now);
            CounterGeneration = sample.CounterGeneration;
        }

        var usual = Watch(sample.Group, now);
        if (_remembered.Count > 0) CompareWithMemory(sample, now);
        foreach (ref readonly var reading in sample.Readings)
        {
            var isCounter = SignalCatalog.Of(reading.Signal) is { Family.Kind: SignalKind.Counter };
            if (!IsPossible(in reading, isCounter))
            {
                Refused++;
                Signal(reading.Signal).Take(Reading.None(reading.Signal, NoDataReason.Invalid, reading.Instance), now, usual);
                continue;
            }

            if (isCounter && reading.HasValue) _countersRead = now;
            Signal(reading.Signal).Take(in reading, now, usual);
            Fields.Take(in reading);
        }

        if (sample.Group == SampleGroup.Slow) _restartsSlow = Restarts;
        Sampled = now;
        if (sample.Group == SampleGroup.Fast) CallTime = sample.CallTime;
    }

    /// <summary>Takes an event; of one that went on (its count grew) the growth alone counts.</summary>
    public void Take(HealthEvent happened, DateTimeOffset now)
    {
        now = _clock.At(now);
        var last = _clock.Past(happened.LastSeen, now);
        _events.Take(happened, Watched(now), last, now - last, ++_clock.Events);
    }

    /// <summary>Takes what came to it before it was known who it is.</summary>
    internal void Adopt(DeviceHistory before)
    {
        // Two watched clocks stand apart by what each of them did not see.
        var apart = before.Unwatched - Unwatched;
        foreach (var tally in before.Events) _events.Adopt(apart == TimeSpan.Zero ? tally : tally.Shifted(apart));
    }

    /// <summary>Takes a change of presence.</summary>
    public void Become(DevicePresence presence, NoDataReason absence, DateTimeOffset now)
    {
        if (presence == Presence && absence == Absence) return;
        now = _clock.At(now);
        // What was lost before a restart of the agent and is lost again has been lost all the time.
        var since = Presence == DevicePresence.Unknown && _before is { } before && before.Presence == presence ? before.Since : now;
        if (presence != DevicePresence.Unknown) _before = null;
        (Presence, Absence, PresentSince) = (presence, absence, since);
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

    /// <summary>
    /// How much a counter grew within the window that ends now (<see cref="Rules.Subject.Now"/>), resets left out; 0 when it did not or was never
    /// read. A counter that was not read for longer than five periods tells only windows that are as long as the gap what it grew by in it.
    /// </summary>
    public double Increase(SignalId signal, TimeSpan window, DateTimeOffset now, ushort instance = 0)
        => _signals[(int)signal]?.Increase(instance, window, now) ?? 0;

    /// <summary>The same, and how it came about. A gauge that is counted over the card's life (retired pages) is a counter here.</summary>
    public Growth Growth(SignalId signal, TimeSpan window, DateTimeOffset now, ushort instance = 0)
        => _signals[(int)signal]?.Growth(instance, window, now) ?? default;

    /// <summary>How many instances of a signal (links) were ever read.</summary>
    public int Instances(SignalId signal) => _signals[(int)signal]?.Instances ?? 0;

    /// <summary>All that is remembered of one signal.</summary>
    public SignalHistory Signal(SignalId signal) => _signals[(int)signal] ??= new SignalHistory(signal);

    /// <summary>How often such an event came; null when it never did.</summary>
    public EventTally? Tally(HealthEventKind kind, long code) => _events.Find(kind, code);

    /// <summary>
    /// True for what was seen before the last restart. What was seen between the last reading before it and the first after it, as far as a restart takes
    /// so long, counts as after, also what a driver says while it loads: nothing is missed, and a finding too many is seen.
    /// </summary>
    public bool IsBeforeRestart(DateTimeOffset seen) => Restarts > 0 && seen < BeforeRestart;

    /// <summary>
    /// A clock that goes on only while somebody would have seen it, had something come: while the device is measured, or nothing but the log knows of it,
    /// and while the log can be read that told of it. What passes else proves nothing, and neither does the agent's absence.
    /// </summary>
    public DateTimeOffset Watched(DateTimeOffset now)
    {
        if (_watchedAt == default) return now;
        var since = now - _watchedAt;
        return _watched + (since < Ledger.LongestStep ? since : Ledger.LongestStep);
    }

    // How far its watched clock is behind.
    private TimeSpan Unwatched => _watchedAt - _watched;

    /// <summary>How long it was watched since this last came, without that it came again.</summary>
    public TimeSpan QuietSince(EventTally tally, DateTimeOffset now) => Watched(now) - tally.Seen;

    /// <summary>A round of questions begins; so much of the time since the one before somebody looked.</summary>
    internal void Watch(TimeSpan step, DateTimeOffset now, bool isLogRead)
    {
        var isWatched = (Presence == DevicePresence.Measured || IsLogged || Device.Id == DeviceId.Node) && (isLogRead || !WasLogged());
        _watched = _watchedAt == default ? now : isWatched ? _watched + step : _watched;
        _watchedAt = now;
    }

    /// <summary>The driver was loaded anew, or the node booted: counters begin anew, whatever they show.</summary>
    /// <param name="now">When that was seen.</param>
    /// <param name="before">When what was there before it was last read.</param>
    internal void Restart(DateTimeOffset now, DateTimeOffset before)
    {
        Restarts++;
        (_restartedAt, BeforeRestart) = (now, now - before > LongestRestart ? now - LongestRestart : before);
        _remembered.Clear();
        foreach (var signal in _signals) signal?.Restart();
    }

    /// <summary>
    /// True when everything that rules look at was read since the last restart. Before that a flag in the slow lane still shows what it showed before,
    /// which proves nothing. After five periods of that lane nothing more is waited for: some products have none.
    /// </summary>
    internal bool IsReadSinceRestart(DateTimeOffset now)
        => Restarts == _restartsSlow || now - _restartedAt > _slow.Longest;

    private bool WasLogged()
    {
        foreach (var tally in _events.All)
        {
            if (tally.Latest.Source == HealthEvent.KernelLog || tally.Latest.AlsoSeenBy.Contains(HealthEvent.KernelLog)) return true;
        }

        return false;
    }

    private void BeginCounters(DateTimeOffset now)
    {
        CountersBegan = now;
        Restart(now, _countersRead);
    }

    /// <summary>Learns the pace of the lane; gives back the longest distance to the turn before that is no gap.</summary>
    private TimeSpan Watch(SampleGroup group, DateTimeOffset now)
    {
        var (pace, before) = group == SampleGroup.Fast ? (_fast, _sampledFast) : (_slow, _sampledSlow);
        var usual = pace.Longest;
        if (before != default) pace.Take(now - before);
        if (group == SampleGroup.Fast) _sampledFast = now;
        else _sampledSlow = now;
        return usual;
    }

    private static bool IsPossible(in Reading reading, bool isCounter)
        => !reading.HasValue || (double.IsFinite(reading.Value) && (!isCounter || reading.Value >= 0));
}
