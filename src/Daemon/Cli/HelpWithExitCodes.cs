using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Forewarn.Daemon.Cli;

/// <summary>The usual help, with what the exit codes mean below it.</summary>
internal sealed class HelpWithExitCodes(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Codes = """
        Exit codes:
          0  done, or shown
          1  failed: the agent (fleet: the controller) cannot be reached, or refused; doctor: a problem
          2  the command line or the configuration is wrong; nothing was done
          3  doctor alone: warnings and no problem
          4  checkpoint alone: there is none
          5  checkpoint alone: none is complete and new enough
          6  checkpoint alone: the file system did not answer in time
        Of check: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN; with --slurm 2 when the
        node is drained, 3 when it should be and Slurm does not answer, else 0.

        """;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.Write(Codes);
        return ExitCode.Ok;
    }
}
