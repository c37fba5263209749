using System.Buffers.Text;
using System.Runtime.InteropServices;
using Forewarn.Daemon.Pipeline;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>
/// When the machine slept in this boot, and how long: the clock of the log's stamps stands still meanwhile, so that a record from before a sleep is
/// older than its stamp says. How long it slept in all is the difference of two clocks; where in the log it did, the kernel's own lines tell. They seldom
/// tell how long: of several sleeps before the first look only the sum is known.
/// </summary>
/// <param name="asleep">Time asleep since boot: CLOCK_BOOTTIME less CLOCK_MONOTONIC.</param>
internal sealed class KernelSleeps(Func<TimeSpan> asleep)
{
    /// <summary>Own figure: /proc/uptime has hundredths of a second, and nobody suspends a machine for less.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(2);

    // Wording: Linux, kernel/power/suspend.c, hibernate.c, kernel/cpu.c, kernel/time/timekeeping_debug.c (this one mostly with pm_debug_messages alone).
    private static ReadOnlySpan<byte> Suspending => "PM: suspend entry"u8;
    private static ReadOnlySpan<byte> Hibernating => "hibernation entry"u8;
    private static ReadOnlySpan<byte> LastSteps => "Disabling non-boot CPUs"u8;
    private static ReadOnlySpan<byte> NotAsleep => "PM: Some devices failed to suspend"u8;
    private static ReadOnlySpan<byte> HowLong => "Timekeeping suspended for "u8;
    private static ReadOnlySpan<byte> Awake => "PM: suspend exit"u8;
    private static ReadOnlySpan<byte> Restored => "hibernation exit"u8;

    private readonly List<Sleep> _sleeps = [];
    private TimeSpan _total;
    private bool _isFollowed;
    private bool _isWhole;

    /// <summary>Whether the machine has slept since that was last asked, or at all: then it is to be looked where.</summary>
    public bool HasSlept()
    {
        var isNews = asleep() - _total > Least;
        if (!isNews) _isFollowed = true;
        return isNews;
    }

    /// <summary>Looks for the sleeps through a log that can be read from its beginning again, and leaves it there; false where it cannot.</summary>
    public bool Look(IKernelLog log)
    {
        if (!log.Rewind()) return false;
        var (before, total) = (_sleeps.DistinctBy(sleep => sleep.At).ToDictionary(sleep => sleep.At, sleep => sleep.Length), asleep());
        _sleeps.Clear();
        Read(log);
        foreach (ref var sleep in CollectionsMarshal.AsSpan(_sleeps)) sleep = sleep with { Length = sleep.Length ?? before.GetValueOrDefault(sleep.At) };
        // What was slept since the last look is the length of the one sleep since then.
        if (_isFollowed) Learn(before, total - _total);
        (_total, _isFollowed) = (total, true);
        return log.Rewind();
    }

    /// <summary>How long it slept after a record with this stamp was written.</summary>
    public TimeSpan After(ulong microseconds)
    {
        if (_sleeps.Count == 0) return TimeSpan.Zero;
        var known = _sleeps.Where(sleep => sleep.At >= microseconds).Aggregate(TimeSpan.Zero, (sum, sleep) => sum + (sleep.Length ?? TimeSpan.Zero));
        var (unknown, later) = Unknown(microseconds);
        return known + (unknown > 0 && later == unknown ? Rest : TimeSpan.Zero);
    }

    /// <summary>By how much that may be wrong; zero for most.</summary>
    public TimeSpan Doubt(ulong microseconds)
    {
        if (_sleeps.Count == 0) return TimeSpan.Zero;
        var (unknown, later) = Unknown(microseconds);
        return later == 0 || (later == unknown && _isWhole) ? TimeSpan.Zero : Rest;
    }

    /// <summary>Slept at times of which the log does not say how long.</summary>
    private TimeSpan Rest => _sleeps.Aggregate(_total, (rest, sleep) => rest - (sleep.Length ?? TimeSpan.Zero)) is var rest && rest > TimeSpan.Zero ? rest : TimeSpan.Zero;

    private (int All, int Later) Unknown(ulong microseconds)
        => (_sleeps.Count(sleep => sleep.Length is null), _sleeps.Count(sleep => sleep.Length is null && sleep.At >= microseconds));

    private void Learn(Dictionary<ulong, TimeSpan?> before, TimeSpan slept)
    {
        var fresh = _sleeps.FindAll(sleep => !before.ContainsKey(sleep.At) && sleep.Length is null);
        if (fresh is [var only]) _sleeps[_sleeps.IndexOf(only)] = only with { Length = slept };
    }

    private void Read(IKernelLog log)
    {
        var buffer = new byte[16 * 1024]; // with 8 KiB every record of today's kernels can be read (dev-kmsg)
        Sleep? open = null;
        var isFirst = true;
        while (true)
        {
            var length = log.Read(buffer, out var error);
            if (length > 0)
            {
                if (KernelRecord.TryParse(buffer.AsSpan(0, length), out var record) != KernelLogFault.None) continue;
                if (isFirst) (_isWhole, isFirst) = (record.Sequence == 0, false);
                if (record.Facility == 0) open = Follow(open, in record);
            }
            else if (error == Errno.InvalidArgument && buffer.Length < KernelLogReader.LongestRecord)
            {
                buffer = new byte[buffer.Length * 2];
            }
            else if (error is not (Errno.BrokenPipe or Errno.Interrupted))
            {
                break;
            }
        }

        if (open is { } last) _sleeps.Add(last); // the rest of its lines is on the way
    }

    /// <summary>The last line that is surely written before the clocks stop is the sleep's place.</summary>
    private Sleep? Follow(Sleep? open, in KernelRecord record)
    {
        var text = record.Text;
        if (text.StartsWith(Suspending) || (text.StartsWith("PM: "u8) && text.EndsWith(Hibernating))) return new Sleep(record.Microseconds, null);
        if (open is not { } sleep) return null;
        if (text.StartsWith(LastSteps)) return sleep with { At = record.Microseconds };
        if (text.StartsWith(NotAsleep)) return sleep with { Length = TimeSpan.Zero };
        if (text.IndexOf(HowLong) is >= 0 and var at && Utf8Parser.TryParse(text[(at + HowLong.Length)..], out double seconds, out _) && seconds is >= 0 and < 1e9)
            return sleep with { Length = TimeSpan.FromSeconds(seconds) };
        if (!text.StartsWith(Awake) && !text.EndsWith(Restored)) return open;
        _sleeps.Add(sleep);
        return null;
    }

    /// <summary>One sleep.</summary>
    /// <param name="At">Stamp of the last record before it, in µs.</param>
    /// <param name="Length">Null where it is not known.</param>
    private readonly record struct Sleep(ulong At, TimeSpan? Length);
}
