namespace Forewarn.TestKit;

/// <summary>Waits until something holds. It polls: what is watched is another process, which tells nobody.</summary>
public static class Eventually
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    public static Task TrueAsync(Func<bool> condition, TimeSpan within, string because) =>
        TrueAsync(() => Task.FromResult(condition()), within, because);

    public static Task TrueAsync(Func<Task<bool>> condition, TimeSpan within, string because) =>
        TrueAsync(condition, within, because, () => "");

    /// <summary>Fails with the reason and with what was to be seen then.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan within, string because, Func<string> seen)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        while (!await condition())
        {
            if (time.GetElapsedTime(start) > within)
            {
                throw new TimeoutException($"not within {within.TotalSeconds:0.###} s: {because}\n{seen()}");
            }

            await Pause.ForAsync(Period);
        }
    }
}
