namespace Forewarn.TestKit;

/// <summary>Real time passes: only where what is tested is a real process with a clock of its own.</summary>
public static class Pause
{
    public static Task ForAsync(TimeSpan length, CancellationToken cancellation = default) =>
        Task.Delay(length, TimeProvider.System, cancellation);
}
