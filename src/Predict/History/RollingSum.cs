namespace Forewarn.Predict.History;

/// <summary>A sum over a sliding window, in twelve pieces: right to a twelfth of the window, in 64 bytes.</summary>
public sealed class RollingSum(TimeSpan window)
{
    private const int Pieces = 12;

    private readonly float[] _pieces = new float[Pieces];
    private long _newest = long.MinValue;

    /// <summary>How far back it reaches.</summary>
    public TimeSpan Window => window;

    /// <summary>Adds an amount at this time. A time before the newest piece counts as now: clocks are set back, events are not undone.</summary>
    public void Add(double amount, DateTimeOffset now)
    {
        Advance(now);
        _pieces[_newest % Pieces] += (float)amount;
    }

    /// <summary>The sum over the window that ends now.</summary>
    public double Total(DateTimeOffset now)
    {
        Advance(now);
        var total = 0.0;
        foreach (var piece in _pieces) total += piece;
        return total;
    }

    /// <summary>The same, and how it came about.</summary>
    public Growth Growth(DateTimeOffset now)
    {
        Advance(now);
        var (total, peak) = (0.0, 0.0);
        var (newest, oldest) = (-1, -1); // ages, in pieces
        for (var age = 0; age < Pieces; age++)
        {
            double piece = _pieces[(_newest - age) % Pieces];
            if (piece <= 0) continue;
            total += piece;
            peak = Math.Max(peak, piece);
            if (newest < 0) newest = age;
            oldest = age;
        }

        return new Growth(total, total - peak, oldest - newest);
    }

    private void Advance(DateTimeOffset now)
    {
        var piece = now.UtcTicks / Math.Max(1, window.Ticks / Pieces);
        if (piece <= _newest) return;
        if (piece - _newest >= Pieces || _newest == long.MinValue) Array.Clear(_pieces);
        else for (var stale = _newest + 1; stale <= piece; stale++) _pieces[stale % Pieces] = 0;
        _newest = piece;
    }
}
