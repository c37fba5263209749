namespace Forewarn.Predict.History;

/// <summary>
/// A sum over a sliding window, in twelve whole pieces and the one that is leaving, of which the share counts that is still inside: exact for a
/// steady rate, right to a twelfth of the window for a single event. Adds and asks in constant time, allocates once.
/// </summary>
public sealed class RollingSum(TimeSpan window)
{
    private const int Pieces = 12;

    private readonly double[] _pieces = new double[Pieces + 1];
    private readonly long _width = Math.Max(1, window.Ticks / Pieces);
    private long _newest = long.MinValue;

    // False: every piece is 0. Of thousands of windows (each link of each card has some) next to none ever holds anything, and each is asked once a second.
    private bool _mayHold;

    /// <summary>How far back it reaches.</summary>
    public TimeSpan Window => window;

    /// <summary>Adds an amount at this time. A time before the newest piece counts as now: clocks are set back, events are not undone.</summary>
    public void Add(double amount, DateTimeOffset now)
    {
        Advance(now);
        _pieces[_newest % _pieces.Length] += amount;
        _mayHold |= amount != 0;
    }

    /// <summary>Takes back as much of what was added last.</summary>
    public void Withdraw(double amount, DateTimeOffset now)
    {
        Advance(now);
        for (var age = 0; age < _pieces.Length && amount > 0; age++)
        {
            ref var piece = ref _pieces[(_newest - age) % _pieces.Length];
            var taken = Math.Min(piece, amount);
            piece -= taken;
            amount -= taken;
        }
    }

    /// <summary>The sum over the window that ends now.</summary>
    public double Total(DateTimeOffset now)
    {
        if (!_mayHold) return 0;
        Advance(now);
        var leaving = _pieces[(_newest + 1) % _pieces.Length];
        var total = 0.0;
        foreach (var piece in _pieces) total += piece;
        if (leaving == 0) return total; // nothing is taken off whole numbers
        var gone = Math.Clamp((now.UtcTicks - (_newest * _width)) / (double)_width, 0, 1);
        return Math.Max(0, total - (leaving * gone));
    }

    /// <summary>The same on a clock that is so much ahead.</summary>
    internal RollingSum Shifted(TimeSpan by)
    {
        var shifted = new RollingSum(window);
        if (_newest == long.MinValue) return shifted;
        for (var age = Pieces; age >= 0; age--) // the oldest first
        {
            var place = _newest - age;
            if (place >= 0 && (age == 0 || _pieces[place % _pieces.Length] != 0))
                shifted.Add(_pieces[place % _pieces.Length], new DateTimeOffset(Math.Max(0, (place * _width) + by.Ticks), TimeSpan.Zero));
        }

        return shifted;
    }

    internal bool IsEmpty => !_mayHold || !_pieces.AsSpan().ContainsAnyExcept(0.0);

    /// <summary>Writes the pieces that hold anything.</summary>
    internal void Save(MemoryWriter memory)
    {
        memory.Number(window.TotalSeconds);
        var filled = 0;
        foreach (var piece in _pieces) filled += piece != 0 ? 1 : 0;
        memory.Number(filled);
        for (var age = 0; age < _pieces.Length && filled > 0; age++)
        {
            var place = _newest - age;
            if (place < 0 || _pieces[place % _pieces.Length] == 0) continue;
            memory.Number(Math.Max(0, (memory.Now.UtcTicks / _width) - place));
            memory.Number(_pieces[place % _pieces.Length]);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote; null when that makes no sense.</summary>
    internal static RollingSum? Load(ref MemoryReader memory)
    {
        var seconds = memory.Number();
        var filled = memory.Number();
        if (!(seconds > 0 && seconds <= 366 * 86_400.0 && filled >= 0 && filled <= Pieces + 1)) return null;
        var sum = new RollingSum(TimeSpan.FromSeconds(seconds));
        var now = memory.Now.UtcTicks / sum._width;
        Span<(long Place, double Amount)> pieces = stackalloc (long, double)[Pieces + 1];
        for (var i = 0; i < (int)filled; i++) pieces[i] = (now - memory.Whole(), memory.Number());
        for (var i = (int)filled - 1; i >= 0; i--) // the oldest first
        {
            if (!(pieces[i].Amount >= 0) || double.IsInfinity(pieces[i].Amount) || pieces[i].Place < 0 || pieces[i].Place > now) return null;
            sum.Add(pieces[i].Amount, new DateTimeOffset(pieces[i].Place * sum._width, TimeSpan.Zero));
        }

        return sum;
    }

    /// <summary>The same, and how it came about.</summary>
    public Growth Growth(DateTimeOffset now)
    {
        if (!_mayHold) return default;
        Advance(now);
        var (total, peak) = (0.0, 0.0);
        var (newest, oldest) = (-1, -1); // ages, in pieces
        for (var age = 0; age < Pieces; age++)
        {
            var piece = _pieces[(_newest - age) % _pieces.Length];
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
        var piece = now.UtcTicks / _width;
        if (piece <= _newest) return;
        if (_newest == long.MinValue || piece - _newest >= _pieces.Length)
        {
            Array.Clear(_pieces);
            _mayHold = false;
        }
        else for (var stale = _newest + 1; stale <= piece; stale++) _pieces[stale % _pieces.Length] = 0;
        _newest = piece;
    }
}
