using System.Globalization;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Processes;

/// <summary>Runs programs as a service of another user would run them: with its rights, its PATH and its variables. setpriv and env are of util-linux and coreutils.</summary>
/// <param name="inner">Runs them.</param>
/// <param name="user">As whom; null as who asks. Takes root.</param>
/// <param name="variables">What the service has in its environment beside ours, <c>NAME=value</c>; with PATH, programs are looked for there.</param>
internal sealed class CommandsAsUser(ICommandRunner inner, UserAccount? user, IReadOnlyList<string> variables) : ICommandRunner
{
    // env(1): the program was not found.
    private const int NotFound = 127;

    public async Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan within, CancellationToken cancellation)
    {
        List<string> words = [];
        if (user is { } other)
        {
            words.AddRange(["setpriv", string.Create(CultureInfo.InvariantCulture, $"--reuid={other.User}"), string.Create(CultureInfo.InvariantCulture, $"--regid={other.Group}"), "--init-groups"]);
        }

        words.AddRange(["env", .. variables, program, .. arguments]);
        var result = await inner.RunAsync(words[0], words[1..], within, cancellation);
        return result is { End: CommandEnd.Exited, ExitCode: NotFound } ? result with { End = CommandEnd.NotStarted, Errors = "no such program in PATH" } : result;
    }
}
