using System.Collections.Immutable;

namespace Forewarn.Daemon.Pipeline;

/// <summary>A cumulative histogram of durations, safe to add to and to read from any thread.</summary>
internal sealed class DurationHistogram
{
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _nanoseconds;

    /// <summary>Upper bounds in seconds: from a healthy sweep of eight cards (a few ms) to one that met a blocked driver.</summary>
    public static ImmutableArray<double> Bounds { get; } = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    public double SumSeconds => Interlocked.Read(ref _nanoseconds) / 1e9;

    public void Add(long nanoseconds)
    {
        var bucket = 0;
        while (bucket < Bounds.Length && nanoseconds > Bounds[bucket] * 1e9) bucket++;
        Interlocked.Increment(ref _counts[bucket]);
        Interlocked.Add(ref _nanoseconds, nanoseconds);
    }

    /// <summary>Fills the cumulative counts, one per bound and a last one for everything.</summary>
    public void CopyCumulative(Span<long> into)
    {
        long sum = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            sum += Interlocked.Read(ref _counts[i]);
            into[i] = sum;
        }
    }
}
