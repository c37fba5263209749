namespace Forewarn.Daemon.Cli;

/// <summary>Ends a command with a message for the person who typed it.</summary>
internal sealed class CommandFailedException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What the process exits with.</summary>
    public int Code { get; init; } = ExitCode.Failed;
}
