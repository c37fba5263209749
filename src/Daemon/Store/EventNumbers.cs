namespace Forewarn.Daemon.Store;

/// <summary>Where numbers go on when those that were given are not known: no number may name two events to somebody who reads on from it.</summary>
internal static class EventNumbers
{
    /// <summary>Milliseconds since 1970: no node has so many events, and the next time that this is needed it is greater. A double holds it exactly.</summary>
    public static long Beyond(TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();
}
