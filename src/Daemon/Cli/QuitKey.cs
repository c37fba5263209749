namespace Forewarn.Daemon.Cli;

/// <summary>The key q on this process's terminal.</summary>
internal static class QuitKey
{
    /// <summary>Completes when it is pressed; never where nobody can press it.</summary>
    public static Task PressedAsync(CancellationToken cancellation)
    {
        var pressed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // A read of the terminal cannot be cancelled: the thread ends with the process.
        if (!Console.IsInputRedirected) new Thread(() => Read(pressed)) { IsBackground = true, Name = "keys" }.Start();
        return pressed.Task.WaitAsync(cancellation);
    }

    private static void Read(TaskCompletionSource pressed)
    {
        while (Console.ReadKey(intercept: true).KeyChar is not ('q' or 'Q'))
        {
            // Other keys mean nothing.
        }

        pressed.SetResult();
    }
}
