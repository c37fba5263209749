namespace Forewarn.Daemon.Api;

/// <summary>How many may follow a stream at once, so that those who follow leave room for those who ask.</summary>
/// <param name="most">So many.</param>
internal sealed class StreamSeats(int most)
{
    private int _taken;

    /// <summary>Those who follow now.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Follows while there is room; else refuses.</summary>
    public async Task SitAsync(Func<Task> follow, Func<Task> refuse)
    {
        try
        {
            await (Interlocked.Increment(ref _taken) <= most ? follow() : refuse());
        }
        finally
        {
            Interlocked.Decrement(ref _taken);
        }
    }
}
