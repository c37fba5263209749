using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Processes;

/// <summary>What this process holds and does not need.</summary>
internal static class OwnMemory
{
    /// <summary>
    /// Has the collector look through the oldest generation, beside the running threads, and gives back what the C heap has free. Left to itself the collector
    /// waits until that generation has grown by half: with ten thousand agents, 150 MiB that nobody can reach any more.
    /// </summary>
    public static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        NativeHeap.Trim();
    }
}
