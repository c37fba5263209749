using System.Buffers.Text;
using System.Runtime.InteropServices;
using Forewarn.Daemon.Pipeline;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>
/// When the machine slept in this boot, and how long: the clock of the log's stamps stands still meanwhile, so that a record from before a sleep is
/// older than its stamp says. How long it slept in all is the difference of two clocks; where in the log it did, the kernel's own lines tell. They seldom
/// tell how long: of several sleeps before the first look only the sum is known. A record's place is its number, not its stamp: those just before and just
/// after a sleep may have the same.
/// </summary>
/// <param name="asleep">Time asleep since boot: CLOCK_BOOTTIME less CLOCK_MONOTONIC.</param>
internal sealed class KernelSleeps(Func<TimeSpan> asleep)
{
    /// <summary>Own figure: far more than the two clocks may be read apart, far less than any machine sleeps.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    // Wording: Linux, kernel/power/suspend.c, hibernate.c, process.c, kernel/cpu.c, kernel/printk/printk.c, kernel/time/timekeeping_debug.c (this one mostly
    // with pm_debug_messages alone).
    private static ReadOnlySpan<byte> Suspending => "PM: suspend entry"u8;
    private static ReadOnlySpan<byte> Hibernating => "hibernation entry"u8;
    private static ReadOnlySpan<byte> Freezing => "Freezing user space processes"u8;
    private static ReadOnlySpan<byte> Silence => "Suspending console(s)"u8;
    private static ReadOnlySpan<byte> LastSteps => "Disabling non-boot CPUs"u8;
    private static ReadOnlySpan<byte> Freezes => "Freezing "u8;
    private static ReadOnlySpan<byte> FreezeFailed => " failed after "u8;
    private static ReadOnlySpan<byte> FreezeAborted => " aborted"u8;
    private static ReadOnlySpan<byte> NotAsleep => "PM: Some devices failed to suspend"u8;
    private static ReadOnlySpan<byte> HowLong => "Timekeeping suspended for "u8;
    private static ReadOnlySpan<byte> FirstSteps => "Enabling non-boot CPUs"u8;
    private static ReadOnlySpan<byte> Thawing => "Restarting tasks"u8;
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
        var (before, total) = (_sleeps.ToDictionary(sleep => sleep.Entry, sleep => sleep.Length), asleep());
        _sleeps.Clear();
        Read(log);
        foreach (ref var sleep in CollectionsMarshal.AsSpan(_sleeps)) sleep = sleep with { Length = sleep.Length ?? before.GetValueOrDefault(sleep.Entry) };
        // What was slept since the last look is the length of the one sleep since then.
        if (_isFollowed) Learn(before, total - _total);
        (_total, _isFollowed) = (total, true);
        return log.Rewind();
    }

    /// <summary>How long it slept after the record with this number was written.</summary>
    public TimeSpan After(ulong sequence)
    {
        if (_sleeps.Count == 0) return TimeSpan.Zero;
        var known = Sum(sleep => sleep.Before >= sequence);
        var (unknown, later) = Unknown(sequence);
        return known + (unknown > 0 && later == unknown ? Rest : TimeSpan.Zero);
    }

    /// <summary>By how much that may be wrong; zero for most.</summary>
    public TimeSpan Doubt(ulong sequence)
    {
        if (_sleeps.Count == 0) return TimeSpan.Zero;
        var (unknown, later) = Unknown(sequence);
        var amid = _sleeps.Find(sleep => sleep.Before < sequence && sequence < sleep.Awake);
        var place = amid == default ? TimeSpan.Zero : amid.Length ?? Rest;
        var length = later == 0 || (later == unknown && _isWhole) ? TimeSpan.Zero : Rest;
        return place > length ? place : length;
    }

    /// <summary>Slept at times of which the log does not say how long.</summary>
    private TimeSpan Rest => _total - Sum(_ => true) is var rest && rest > TimeSpan.Zero ? rest : TimeSpan.Zero;

    private TimeSpan Sum(Func<Sleep, bool> which) => _sleeps.Where(which).Aggregate(TimeSpan.Zero, (sum, sleep) => sum + (sleep.Length ?? TimeSpan.Zero));

    private (int All, int Later) Unknown(ulong sequence)
        => (_sleeps.Count(sleep => sleep.Length is null), _sleeps.Count(sleep => sleep.Length is null && sleep.Before >= sequence));

    private void Learn(Dictionary<ulong, TimeSpan?> before, TimeSpan slept)
    {
        var fresh = _sleeps.FindAll(sleep => !before.ContainsKey(sleep.Entry) && sleep.Length is null);
        if (fresh is [var only]) _sleeps[_sleeps.IndexOf(only)] = only with { Length = slept };
    }

    private void Read(IKernelLog log)
    {
        var buffer = new byte[16 * 1024]; // with 8 KiB every record of today's kernels can be read (dev-kmsg)
        Sleep? open = null;
        var isFirst = true;
        ulong? last = null;
        while (true)
        {
            var length = log.Read(buffer, out var error);
            if (length > 0)
            {
                if (KernelRecord.TryParse(buffer.AsSpan(0, length), out var record) != KernelLogFault.None) continue;
                if (record.Sequence <= last) continue; // whoever shares the descriptor has rewound it meanwhile
                last = record.Sequence;
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

        if (open is { } begun) _sleeps.Add(begun); // the rest of its lines is on the way
    }

    /// <summary>What stands between the last line that is surely from before the clocks stop and the first that is not may be either.</summary>
    private Sleep? Follow(Sleep? open, in KernelRecord record)
    {
        var text = record.Text;
        if (text.StartsWith(Suspending) || (text.StartsWith("PM: "u8) && text.EndsWith(Hibernating))) return new Sleep(record.Sequence, record.Sequence, ulong.MaxValue, null);
        if (open is not { } sleep) return null;
        if (text.StartsWith(NotAsleep) || (text.StartsWith(Freezes) && (text.IndexOf(FreezeFailed) >= 0 || text.IndexOf(FreezeAborted) >= 0)))
            return sleep with { Length = TimeSpan.Zero };
        if (text.IndexOf(Freezing) >= 0 || text.IndexOf(Silence) >= 0 || text.StartsWith(LastSteps)) return sleep with { Before = record.Sequence };
        var awake = sleep with { Awake = Math.Min(sleep.Awake, record.Sequence) };
        if (text.StartsWith(FirstSteps) || text.IndexOf(Thawing) >= 0) return awake;
        if (text.IndexOf(HowLong) is >= 0 and var at && Utf8Parser.TryParse(text[(at + HowLong.Length)..], out double seconds, out _) && seconds is >= 0 and < 1e9)
            return awake with { Length = TimeSpan.FromSeconds(seconds) };
        if (!text.StartsWith(Awake) && !text.EndsWith(Restored)) return open;
        _sleeps.Add(awake);
        return null;
    }

    /// <summary>One sleep.</summary>
    /// <param name="Entry">Number of the record that announces it: by it a look knows the sleeps of the one before.</param>
    /// <param name="Before">Number of the last record that was surely written before it.</param>
    /// <param name="Awake">Number of the first that was surely written after it.</param>
    /// <param name="Length">Null where it is not known.</param>
    private readonly record struct Sleep(ulong Entry, ulong Before, ulong Awake, TimeSpan? Length);
}
