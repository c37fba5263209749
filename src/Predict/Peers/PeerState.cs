using System.Runtime.InteropServices;

namespace Forewarn.Predict.Peers;

/// <summary>
/// What is remembered of one signal of one card against its siblings, in 64 bytes that are kept over restarts as they are. Residuals are gathered into
/// minutes without a gap; a minute's mean drives the slow average, the card's own habit (offset and spread), and the sums that find a step.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct PeerState
{
    /// <summary>Size in bytes, also on disk.</summary>
    public const int Size = 64;

    // λ of the slow average, a tenth: the middle of 0.02–0.1 for slow drift is for ticks; here a step is a minute.
    private const float Drift = 0.1f;

    // Own figure: a habit is learned over half an hour of comparable minutes, and then follows with a half-life of eight hours.
    private const int Learned = 30;
    private const float Habit = 1f / 700;

    // Spread from mean absolute deviation, of a normal distribution: √(π/2).
    private const double OfAbsolute = 1.2533;

    // A minute further off than this is not habit but news.
    private const double Unusual = 4;

    private long _begun; // of the minute that is being gathered, UTC ticks; 0 when there is none
    private long _last; // newest residual, UTC ticks
    private float _sum;
    private ushort _count;
    private float _average;
    private float _offset;
    private float _deviation;
    private Cusum _cusum;
    private Minutes _minutes;
    private byte _filled;
    private byte _learned;

    /// <summary>How many of its minutes are filled.</summary>
    public readonly int Filled => _filled;

    /// <summary>Exponentially weighted mean of the minutes.</summary>
    public readonly double Average => _average;

    /// <summary>Where this card usually is against its siblings: its place in the chassis, its silicon.</summary>
    public readonly double Offset => _offset;

    /// <summary>True once it is known where it usually is.</summary>
    public readonly bool HasHabit => _learned >= Learned;

    /// <summary>Sums of what exceeds the habit, up and down; an alarm at <see cref="Cusum.Limit"/>.</summary>
    public readonly Cusum Cusum => _cusum;

    /// <summary>When it was last compared; the default before the first time.</summary>
    public readonly DateTimeOffset Last => new(_last, TimeSpan.Zero);

    /// <summary>Takes the residual of a sample. True when a minute became whole.</summary>
    /// <param name="residual">How far from its siblings.</param>
    /// <param name="now">When.</param>
    /// <param name="sheet">How the signal is compared.</param>
    /// <param name="usual">The longest distance to the sample before that is usual with this card; for one that is seldom read.</param>
    public bool Take(double residual, DateTimeOffset now, PeerSheet sheet, TimeSpan usual = default)
    {
        var ticks = now.UtcTicks;
        if (_begun == 0 || ticks < _last || ticks - _last > Math.Max(sheet.Gap.Ticks, usual.Ticks)) (_begun, _sum, _count) = (ticks, 0, 0);
        _last = ticks;
        _sum += (float)residual;
        if (_count < ushort.MaxValue) _count++;
        if (ticks - _begun < TimeSpan.TicksPerMinute || _count < 2) return false;
        Close((double)_sum / _count, sheet);
        (_begun, _sum, _count) = (ticks, 0, 0);
        return true;
    }

    /// <summary>The minute that is being gathered tells nothing, since in part of it there was nothing to compare.</summary>
    public void Break() => _begun = 0;

    /// <summary>The mean of the newest minutes; NaN when there are not so many.</summary>
    public readonly double Mean(int minutes)
    {
        if (minutes > _filled || minutes < 1) return double.NaN;
        var sum = 0.0;
        for (var i = 0; i < minutes; i++) sum += (double)_minutes[i];
        return sum / minutes;
    }

    /// <summary>The smallest of the newest minutes; NaN when there are not so many.</summary>
    public readonly double Smallest(int minutes) => Extreme(minutes, static (a, b) => Math.Min(a, b));

    /// <summary>The largest of the newest minutes; NaN when there are not so many.</summary>
    public readonly double Largest(int minutes) => Extreme(minutes, static (a, b) => Math.Max(a, b));

    private readonly double Extreme(int minutes, Func<double, double, double> of)
    {
        if (minutes > _filled || minutes < 1) return double.NaN;
        var extreme = (double)_minutes[0];
        for (var i = 1; i < minutes; i++) extreme = of(extreme, (double)_minutes[i]);
        return extreme;
    }

    private void Close(double mean, PeerSheet sheet)
    {
        _minutes.Push(mean);
        _average = _filled == 0 ? (float)mean : _average + (Drift * ((float)mean - _average));
        if (_filled < Minutes.Length) _filled++;
        if (!HasHabit)
        {
            Learn((float)mean, 1f / ++_learned);
            return;
        }

        var off = (mean - _offset) / Math.Max(_deviation * OfAbsolute, sheet.Scale);
        _cusum.Step(off);
        // A habit that followed a fault would take it for health.
        if (Math.Abs(off) < Unusual && _cusum.Up < Cusum.Limit / 2 && _cusum.Down < Cusum.Limit / 2) Learn((float)mean, Habit);
    }

    private void Learn(float mean, float share)
    {
        var off = mean - _offset;
        _offset += share * off;
        if (share < 1) _deviation += share * (Math.Abs(off) - _deviation);
    }
}
