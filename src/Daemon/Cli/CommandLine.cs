using System.CommandLine;
using System.CommandLine.Invocation;

namespace Forewarn.Daemon.Cli;

/// <summary>Runs the program's arguments; <c>Program.cs</c> calls it for everything but a probe.</summary>
internal static class CommandLine
{
    /// <summary>The exit code.</summary>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, CommandSurroundings surroundings, CancellationToken cancellation = default)
    {
        var terminal = surroundings.Terminal;
        // No response files: an argument that begins with @ is itself.
        var parsed = RootCommandFactory.Create(surroundings).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var error in parsed.Errors) terminal.WriteError($"forewarn: {error.Message}");
            terminal.WriteError($"See: {PathOf(parsed.CommandResult.Command)} --help");
            return parsed.CommandResult.Command.Name == CheckCommand.Name ? (int)NodeCheckStatus.Unknown : ExitCode.Usage;
        }

        var invocation = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            // Agent and controller end in their own order and time; a query just ends.
            ProcessTerminationTimeout = parsed.CommandResult.Command.Name is AgentCommand.Name or ControllerCommand.Name ? null : TimeSpan.FromSeconds(2),
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellation);
        }
        catch (CommandFailedException failed)
        {
            terminal.WriteError($"forewarn: {failed.Message}");
            return failed.Code;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Failed;
        }
    }

    private static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "forewarn";
}
