namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>How long to wait before the next attempt: 1, 2, 4 … 60 s, of which a random half is taken off, so that the nodes of a fleet do not come back at once.</summary>
/// <param name="random">From 0 up to 1.</param>
internal sealed class Backoff(Func<double> random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    // A server that asks for more than this has a wrong clock, or is as good as gone; then it is asked again anyway.
    private static readonly TimeSpan LongestAskedFor = TimeSpan.FromMinutes(10);

    private int _failures;

    public void Reset() => _failures = 0;

    public TimeSpan Next(WriteAnswer trouble)
    {
        // 2^6 s is past the longest; what needs somebody is not helped by haste.
        var whole = trouble.NeedsSomebody ? Longest : First * (1 << Math.Min(_failures, 6));
        if (whole > Longest) whole = Longest;
        _failures++;
        var wait = (whole / 2) + (whole / 2 * random());
        if (trouble.RetryAfter is not { } asked) return wait;
        if (asked > LongestAskedFor) asked = LongestAskedFor;
        // At least as long as asked, and up to a tenth more.
        asked += asked / 10 * random();
        return asked > wait ? asked : wait;
    }
}
