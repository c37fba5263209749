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
    /// Gives what was freed back to the kernel instead of keeping it for next time, in one arena for all threads. The compiler takes a MiB or
    /// two for a large method and lets go of them; with glibc's defaults they stayed, for good and in every arena that it had worked in:
    /// 2.9 MiB of an agent and a probe after two minutes, and growing for ten. Nothing that runs all the time allocates here.
    /// </summary>
    public static void KeepSmall()
    {
        _ = SetOption(ArenaMax, 1);
        _ = SetOption(TrimThreshold, LargeBlock);
        _ = SetOption(MmapThreshold, LargeBlock);
    }

    /// <summary>1 when it was accepted.</summary>
    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int parameter, int value);
}
