namespace Forewarn.Daemon.Tests.Probes;

/// <summary>Managed memory that something costs on this thread.</summary>
internal static class Allocated
{
    /// <summary>
    /// Bytes that so many runs allocate. A collection that another test causes in between counts what is left of this thread's allocation
    /// buffer as allocated; so the least of five rounds is taken.
    /// </summary>
    public static long By(Action act, int times = 1000)
    {
        act();
        return Enumerable.Range(0, 5).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < times; i++) act();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }
}
