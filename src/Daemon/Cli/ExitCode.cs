namespace Forewarn.Daemon.Cli;

/// <summary>What a command's exit says; every <c>--help</c> shows it. <c>check</c> has codes of its own: <see cref="NodeCheckStatus"/>.</summary>
internal static class ExitCode
{
    /// <summary>Done, or shown.</summary>
    public const int Ok = 0;

    /// <summary>Failed: the agent cannot be reached, or refused; of <c>doctor</c>, that something is not watched.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>Of <c>doctor</c> alone: warnings and no problem.</summary>
    public const int Warnings = 3;

    /// <summary>Of <c>checkpoint latest</c>: there is no checkpoint at all.</summary>
    public const int NoCheckpoint = 4;

    /// <summary>Of <c>checkpoint</c>: there is one, and none that is complete and new enough.</summary>
    public const int CheckpointRefused = 5;

    /// <summary>Of <c>checkpoint</c>: the file system did not answer in time.</summary>
    public const int TimedOut = 6;
}
