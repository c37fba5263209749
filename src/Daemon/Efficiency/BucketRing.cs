namespace Forewarn.Daemon.Efficiency;

/// <summary>The last so many stretches of equal length, each with its sums. Stretches are numbered from 1970 on.</summary>
internal sealed class BucketRing
{
    /// <summary>Number of a bucket that holds nothing.</summary>
    public const long Empty = long.MinValue;

    private readonly (long Number, UsageSums Sums)[] _buckets;

    public BucketRing(int count, int seconds)
    {
        (_buckets, Seconds) = (new (long, UsageSums)[count], seconds);
        Array.Fill(_buckets, (Empty, default));
    }

    /// <summary>Length of a stretch.</summary>
    public int Seconds { get; }

    /// <summary>In no order, empty ones among them; good until the next is added.</summary>
    public ReadOnlySpan<(long Number, UsageSums Sums)> Buckets => _buckets;

    /// <summary>Adds to a stretch; what is older than the ring reaches is let go.</summary>
    public void Add(long number, in UsageSums sums)
    {
        ref var bucket = ref _buckets[(int)(number % _buckets.Length)];
        if (bucket.Number == number) bucket.Sums += sums;
        else if (bucket.Number < number) bucket = (number, sums);
    }

    /// <summary>The stretch of now and the full ones before it.</summary>
    public UsageSums Until(double now)
    {
        var (last, sum) = (NumberOf(now), default(UsageSums));
        foreach (ref readonly var bucket in _buckets.AsSpan())
        {
            if (bucket.Number > last - _buckets.Length && bucket.Number <= last) sum += bucket.Sums;
        }

        return sum;
    }

    public long NumberOf(double time) => (long)Math.Floor(time / Seconds);
}
