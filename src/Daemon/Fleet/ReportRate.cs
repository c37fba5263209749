using System.Collections.Concurrent;

namespace Forewarn.Daemon.Fleet;

/// <summary>How often one sender may come: who has got hold of a node's token is not to keep the controller from the others.</summary>
internal sealed class ReportRate(TimeProvider time)
{
    /// <summary>
    /// Own figure, in a minute: an agent in a storm comes 120 times, and one that was cut off for long brings 500 events each time, as fast as the disk takes them.
    /// </summary>
    public const int Most = 600;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (long Begun, int Count)> _senders = new(StringComparer.Ordinal);

    /// <summary>Null for one who may come now; else how long he is to stay away.</summary>
    public TimeSpan? Refuse(string sender)
    {
        var now = time.GetTimestamp();
        var (begun, count) = _senders.AddOrUpdate(
            sender, static (_, now) => (now, 1), (_, one, now) => time.GetElapsedTime(one.Begun, now) < Window ? (one.Begun, one.Count + 1) : (now, 1), now);
        return count <= Most ? null : Window - time.GetElapsedTime(begun, now);
    }
}
