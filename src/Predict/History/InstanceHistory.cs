using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>One instance of a signal: its last reading and, of a counter, how it grew.</summary>
internal struct InstanceHistory
{
    /// <summary>The last reading, value or absence.</summary>
    public Reading Last;

    /// <summary>When that was read.</summary>
    public DateTimeOffset ReadAt;

    /// <summary>When the last value took the place of another one; absences change nothing.</summary>
    public DateTimeOffset ChangedAt;

    /// <summary>The last value before an absence.</summary>
    private double _shown;

    /// <summary>The newest value of a counter, kept over absences; NaN when the next one is a beginning.</summary>
    public double Counted;

    /// <summary>When that was read.</summary>
    public DateTimeOffset CountedAt;

    /// <summary>When the first was read in this run, or the last in the run before; the default before that.</summary>
    public DateTimeOffset CountedSince;

    /// <summary>All growth since then.</summary>
    public double Grown;

    /// <summary>The windows that were asked for: one or two.</summary>
    public RollingSum[] Windows;

    public static InstanceHistory Empty(SignalId signal, ushort instance) => new()
    {
        Last = Reading.None(signal, NoDataReason.NotSupported, instance),
        Counted = double.NaN,
        _shown = double.NaN,
        Windows = [],
    };

    /// <summary>Takes what it shows.</summary>
    public void Show(in Reading reading, DateTimeOffset now)
    {
        (Last, ReadAt) = (reading, now);
        if (!reading.HasValue || reading.Value == _shown) return;
        if (!double.IsNaN(_shown)) ChangedAt = now;
        _shown = reading.Value;
    }

    /// <summary>
    /// Counts what it grew by. A counter that fell was restarted, or wrapped: what it shows came since, but nobody knows
    /// within how long, so it is a new beginning. Growth across a gap counts once, at the gap's end, and only into windows at least as long as
    /// the gap: in a shorter one an hour's errors would look like a burst.
    /// </summary>
    public void Count(double value, DateTimeOffset now, TimeSpan usual)
    {
        var (before, gap) = (Counted, now - CountedAt);
        (Counted, CountedAt) = (value, now);
        if (CountedSince == default) CountedSince = now;
        if (double.IsNaN(before) || value <= before) return;
        Grown += value - before;
        foreach (var window in Windows)
        {
            if (gap <= usual || gap <= window.Window) window.Add(value - before, now);
        }
    }
}
