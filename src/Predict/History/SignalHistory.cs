using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>One signal of one device, each instance (link) for itself.</summary>
public sealed class SignalHistory(SignalId signal)
{
    // How an instance is written: with a value; with a time of its own; or, as most links are, at 0 with the windows of the one before, all empty.
    private const byte Counted = 1;
    private const byte New = 2;
    private const byte Idle = 4;

    // What is counted over the card's life counts here, also where it is told as a gauge.
    private readonly bool _counts = SignalCatalog.Of(signal) is { Family.Kind: SignalKind.Counter } or { IsOfLife: true };
    private InstanceHistory[] _instances = [];

    /// <summary>How many instances were read.</summary>
    public int Instances => _instances.Length;

    /// <summary>The last reading.</summary>
    public Reading Last(ushort instance) => instance < _instances.Length ? _instances[instance].Last : Reading.None(signal, NoDataReason.NotSupported, instance);

    /// <summary>When it was read; the default before the first time.</summary>
    public DateTimeOffset ReadAt(ushort instance) => instance < _instances.Length ? _instances[instance].ReadAt : default;

    /// <summary>When it came to show what it shows now after something else; the default while it always showed that.</summary>
    public DateTimeOffset ChangedAt(ushort instance) => instance < _instances.Length ? _instances[instance].ChangedAt : default;

    /// <summary>The newest value of a counter since the last restart, kept over absences and restarts of the agent; NaN without one.</summary>
    public double Newest(ushort instance) => instance < _instances.Length ? _instances[instance].Counted : double.NaN;

    /// <summary>Takes a reading.</summary>
    public void Take(in Reading reading, DateTimeOffset now) => Take(in reading, now, TimeSpan.MaxValue);

    /// <summary>
    /// Growth within the window that ends now. The window counts from the first question on; to the first one it answers with all growth, when
    /// the first reading lies within the window, else with 0: when in the past a counter grew is not known. So a rule asks at every turn.
    /// </summary>
    public double Increase(ushort instance, TimeSpan window, DateTimeOffset now) => Window(instance, window, now)?.Total(now) ?? 0;

    /// <summary>The same, and how it came about.</summary>
    public Growth Growth(ushort instance, TimeSpan window, DateTimeOffset now) => Window(instance, window, now)?.Growth(now) ?? default;

    /// <summary>Null when the instance was never read.</summary>
    private RollingSum? Window(ushort instance, TimeSpan window, DateTimeOffset now)
    {
        if (instance >= _instances.Length) return null;
        ref var of = ref _instances[instance];
        foreach (var sum in of.Windows)
        {
            if (sum.Window == window) return sum;
        }

        var added = new RollingSum(window);
        if (of.Grown > 0 && now - of.CountedSince <= window) added.Add(of.Grown, of.CountedAt);
        of.Windows = [.. of.Windows, added];
        return added;
    }

    /// <summary>Takes a reading whose predecessor is not further away than this, or there is a gap between them.</summary>
    internal void Take(in Reading reading, DateTimeOffset now, TimeSpan usual)
    {
        if (reading.Instance >= _instances.Length) Grow(reading.Instance + 1);
        ref var of = ref _instances[reading.Instance];
        if (_counts && reading.HasValue) of.Count(reading.Value, now, usual);
        of.Show(in reading, now);
    }

    /// <summary>True for a counter that is lower than it was remembered.</summary>
    internal bool IsBelow(in Reading reading)
        => reading.HasValue && _counts && reading.Instance < _instances.Length && reading.Value < _instances[reading.Instance].Counted;

    /// <summary>The counters began anew: what they show next is a new beginning, also where it is more than before.</summary>
    internal void Restart()
    {
        if (SignalCatalog.Of(signal).IsOfLife) return; // neither reset nor driver restarts it
        foreach (ref var of in _instances.AsSpan()) of.Counted = double.NaN;
    }

    /// <summary>Writes the counters and their windows; what else was read is read again soon. False when there is nothing.</summary>
    internal bool Save(MemoryWriter memory)
    {
        if (!_counts || _instances.Length == 0) return false;
        memory.Number(_instances.Length);
        DateTimeOffset at = default; // mostly the same for all
        for (var i = 0; i < _instances.Length; i++)
        {
            ref readonly var of = ref _instances[i];
            var (isCounted, isNew) = (!double.IsNaN(of.Counted), of.CountedAt != at);
            if (i > 0 && IsIdle(in of, in _instances[i - 1]) && !isNew)
            {
                memory.Byte(Idle);
                continue;
            }

            memory.Byte((byte)((isCounted ? Counted : 0) | (isNew ? New : 0)));
            if (isCounted) memory.Number(of.Counted);
            if (isNew) memory.Time(at = of.CountedAt);
            memory.Number(of.Windows.Length);
            foreach (var window in of.Windows) window.Save(memory);
        }

        return true;
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    internal void Load(ref MemoryReader memory)
    {
        var count = memory.Count();
        if (count > ushort.MaxValue) memory.Tear();
        Grow(memory.IsTorn ? 0 : count);
        DateTimeOffset at = default;
        for (var i = 0; i < count && !memory.IsTorn; i++)
        {
            ref var of = ref _instances[i];
            var marks = memory.Byte();
            of.Counted = (marks & Counted) != 0 ? memory.Number() : marks == Idle ? 0 : double.NaN;
            if ((marks & New) != 0) at = memory.Time();
            of.CountedAt = of.CountedSince = at;
            if (marks == Idle && i > 0)
            {
                of.Windows = [.. _instances[i - 1].Windows.Select(window => new RollingSum(window.Window))];
                continue;
            }

            of.Windows = new RollingSum[memory.Count()];
            for (var w = 0; w < of.Windows.Length; w++)
            {
                if (RollingSum.Load(ref memory) is { } window) of.Windows[w] = window;
                else memory.Tear();
                if (memory.IsTorn) break;
            }
        }
    }

    private static bool IsIdle(ref readonly InstanceHistory of, ref readonly InstanceHistory before)
    {
        if (of.Counted != 0 || of.Windows.Length != before.Windows.Length) return false;
        for (var i = 0; i < of.Windows.Length; i++)
        {
            if (!of.Windows[i].IsEmpty || of.Windows[i].Window != before.Windows[i].Window) return false;
        }

        return true;
    }

    private void Grow(int count)
    {
        var from = _instances.Length;
        Array.Resize(ref _instances, count);
        for (var i = from; i < count; i++) _instances[i] = InstanceHistory.Empty(signal, (ushort)i);
    }
}
