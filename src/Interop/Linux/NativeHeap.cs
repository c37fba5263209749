using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

/// <summary>The heap of glibc's malloc, on which the just-in-time compiler works, and every vendor library.</summary>
public static partial class NativeHeap
{
    // malloc.h
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;

    /// <summary>glibc's own first value of both thresholds; setting them keeps it from raising them as large blocks are freed.</summary>
    private const int LargeBlock = 128 * 1024;

    /// <summary>
    /// One arena for all threads, and large blocks given back when they are freed. The compiler takes a MiB or two for a large method and lets go
    /// of them; with glibc's defaults they stayed, in every arena that it had worked in: 3 MiB of an agent in two minutes. Nothing that runs
    /// all the time allocates here.
    /// </summary>
    public static void KeepSmall()
    {
        _ = SetOption(ArenaMax, 1);
        _ = SetOption(TrimThreshold, LargeBlock);
        _ = SetOption(MmapThreshold, LargeBlock);
    }

    /// <summary>
    /// Gives back what lies free between blocks in use, too. For now and then: it looks through all of the heap (a tenth of a millisecond), and
    /// whoever allocates meanwhile waits.
    /// </summary>
    public static void Trim() => _ = Trim(0);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint padding);

    /// <summary>1 when it was accepted.</summary>
    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int parameter, int value);
}
