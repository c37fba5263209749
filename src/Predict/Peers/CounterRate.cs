using System.Runtime.InteropServices;

namespace Forewarn.Predict.Peers;

/// <summary>How fast one error counter of one card grows, older growth forgotten with a half-life of a day; 32 bytes, kept over restarts.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct CounterRate
{
    /// <summary>Size in bytes, also on disk.</summary>
    public const int Size = 32;

    private const double HalfLifeHours = 24;

    // A counter that was not read for so long counts no time: nobody looked.
    private const double LongestGapHours = 0.5;

    private double _counted;
    private long _read; // UTC ticks; 0 before the first
    private double _events;
    private double _hours;

    /// <summary>Weighted count of what came.</summary>
    public readonly double Events => _events;

    /// <summary>Weighted hours over which it came.</summary>
    public readonly double Hours => _hours;

    /// <summary>Takes the counter's value. One that fell began anew: what it shows came in unknown time, and is left out.</summary>
    public void Take(double value, DateTimeOffset now)
    {
        var ticks = now.UtcTicks;
        if (ticks == _read) return;
        var hours = (ticks - _read) / (double)TimeSpan.TicksPerHour;
        var isNext = _read != 0 && hours > 0 && hours <= LongestGapHours && value >= _counted;
        var grown = value - _counted;
        (_counted, _read) = (value, ticks);
        if (!isNext) return;
        var kept = Math.Pow(2, -hours / HalfLifeHours);
        _events = (_events * kept) + grown;
        _hours = (_hours * kept) + hours;
    }
}
