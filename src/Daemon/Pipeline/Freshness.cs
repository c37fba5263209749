using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>How old readings may be before they are no longer shown.</summary>
/// <param name="Fast">Period of the fast group.</param>
/// <param name="Slow">Period of the slow group.</param>
internal readonly record struct Freshness(TimeSpan Fast, TimeSpan Slow)
{
    /// <summary>A probe that is replaced costs two periods; five leave room for a busy machine.</summary>
    private const int Periods = 5;

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    /// <summary>Older than this and a reading says nothing about now.</summary>
    public TimeSpan Oldest(SampleGroup group)
    {
        var oldest = Periods * (group == SampleGroup.Fast ? Fast : Slow);
        return oldest > Least ? oldest : Least;
    }

    /// <summary>True when samples of this group came once and stopped.</summary>
    public bool IsStale(DeviceView device, SampleGroup group, TimeProvider time)
    {
        var heard = device.HeardAt(group);
        return heard != 0 && time.GetElapsedTime(heard) > Oldest(group);
    }
}
