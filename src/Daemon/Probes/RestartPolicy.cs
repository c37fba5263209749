namespace Forewarn.Daemon.Probes;

/// <summary>
/// How long to wait before a probe that died is started again. One that had lived is replaced at once, so that siblings lose at most a sweep;
/// one that keeps dying is held, so that a broken library cannot eat the node.
/// </summary>
internal sealed class RestartPolicy
{
    /// <summary>A probe that lived this long had measured; its death says nothing about the next one.</summary>
    public static readonly TimeSpan SteadyLife = TimeSpan.FromSeconds(5);

    /// <summary>So many deaths within <see cref="Window"/> hold the source.</summary>
    public const int HoldAfter = 5;

    public static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    /// <summary>How long it is left alone; then one probe is tried, and a death of that one holds it again.</summary>
    public static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(8);

    private readonly Queue<TimeSpan> _deaths = new();
    private int _shortLives;

    /// <summary>True while the last decision was to hold.</summary>
    public bool IsHolding { get; private set; }

    /// <summary>Notes a death and says how long to wait.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="lifetime">How long the probe had lived.</param>
    public TimeSpan AfterDeath(TimeSpan now, TimeSpan lifetime)
    {
        while (_deaths.TryPeek(out var oldest) && now - oldest > Window) _deaths.Dequeue();
        _deaths.Enqueue(now);
        var wasTrial = IsHolding;
        if (lifetime >= SteadyLife)
        {
            IsHolding = false;
            _shortLives = 0;
        }
        else
        {
            _shortLives++;
        }

        IsHolding = _deaths.Count >= HoldAfter || (wasTrial && lifetime < SteadyLife);
        if (IsHolding) return Hold;
        return _shortLives == 0 ? TimeSpan.Zero : Doubled(FirstDelay, _shortLives - 1, LongestDelay);
    }

    /// <summary>Notes that a probe has lived long enough to be trusted.</summary>
    public void Settled()
    {
        IsHolding = false;
        _shortLives = 0;
    }

    /// <summary>A delay doubled so many times, up to a limit.</summary>
    public static TimeSpan Doubled(TimeSpan first, int times, TimeSpan longest)
        => times >= 20 ? longest : TimeSpan.FromTicks(Math.Min(first.Ticks << times, longest.Ticks));
}
