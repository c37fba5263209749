using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

/// <summary>
/// What the kernel says of its clocks: whether something keeps the wall clock right (adjtimex(2), read only), and how much of this boot the machine
/// slept. No file is opened and nothing allocated.
/// </summary>
public static partial class KernelClock
{
    // struct timex of 64-bit Linux: 208 bytes, status at 40 (linux/timex.h).
    private const int Size = 208;
    private const int StatusOffset = 40;
    private const int Unsynchronised = 0x40; // STA_UNSYNC

    // linux/time.h
    private const int Monotonic = 1;
    private const int Boot = 7;

    private const int Attempts = 5;

    /// <summary>Own figure: two readings of a clock, even by a system call, take far less.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(1);

    /// <summary>Null where the kernel does not tell.</summary>
    public static bool? IsSynchronised()
    {
        Span<byte> timex = stackalloc byte[Size];
        timex.Clear(); // modes = 0: nothing is set
        if (AdjTimeX(timex) < 0) return null;
        return (BinaryPrimitives.ReadInt32LittleEndian(timex[StatusOffset..]) & Unsynchronised) == 0;
    }

    /// <summary>CLOCK_BOOTTIME: this boot with the time asleep, as /proc/uptime shows it.</summary>
    public static TimeSpan SinceBoot => Read(Boot);

    /// <summary>CLOCK_MONOTONIC: this boot without the time asleep; what the time stamps of the system's provider count.</summary>
    public static TimeSpan Awake => Read(Monotonic);

    /// <summary>
    /// Time asleep in this boot: what the two clocks differ by. A thread that is not given a processor between their readings would take its wait for a
    /// sleep, so they are read again until they were read at once; else the answer is too small by that wait, never too large.
    /// </summary>
    public static TimeSpan Asleep()
    {
        var most = TimeSpan.Zero;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = Awake;
            var boot = SinceBoot;
            var after = Awake;
            if (boot - after > most) most = boot - after;
            if (after - before < AtOnce) break;
        }

        return most;
    }

    private static TimeSpan Read(int clock)
        => GetTime(clock, out var time) == 0 ? new TimeSpan((time.Seconds * TimeSpan.TicksPerSecond) + (time.Nanoseconds / TimeSpan.NanosecondsPerTick)) : TimeSpan.Zero;

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    private static partial int AdjTimeX(Span<byte> timex);

    /// <summary>struct timespec of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
