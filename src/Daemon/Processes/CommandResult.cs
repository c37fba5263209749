namespace Forewarn.Daemon.Processes;

/// <summary>How a program that was run came to its end.</summary>
internal enum CommandEnd
{
    /// <summary>It ended by itself.</summary>
    Exited,

    /// <summary>It is not there, or may not be run.</summary>
    NotStarted,

    /// <summary>It took too long and was killed.</summary>
    TimedOut,

    /// <summary>It ended by itself and printed more than is kept: what it says is cut.</summary>
    Cut,
}

/// <summary>What a program that was run left.</summary>
/// <param name="End">How it ended.</param>
/// <param name="ExitCode">Its exit code, 128 and the signal's number where one ended it; of meaning only when it ended by itself.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">What it complained of; where it did not start, the system's words.</param>
internal sealed record CommandResult(CommandEnd End, int ExitCode, string Output, string Errors)
{
    /// <summary>It ended by itself and said that all was well.</summary>
    public bool IsGood => End == CommandEnd.Exited && ExitCode == 0;
}
