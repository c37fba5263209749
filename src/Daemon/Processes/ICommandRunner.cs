namespace Forewarn.Daemon.Processes;

/// <summary>Runs another program to its end. The seam between us and what a site has installed.</summary>
internal interface ICommandRunner
{
    /// <summary>Never throws for what the program does; it is killed, with all that it started, when it takes longer than it may.</summary>
    /// <param name="program">Its name, looked up in PATH, or its path.</param>
    /// <param name="arguments">A list, so that nothing in them is read by a shell.</param>
    /// <param name="within">How long it may take.</param>
    /// <param name="cancellation">Ends it as well.</param>
    Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan within, CancellationToken cancellation);
}
