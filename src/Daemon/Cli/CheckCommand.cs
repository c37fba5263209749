using System.CommandLine;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Schedulers.Slurm;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn check</c>: one line and an exit code, for Nagios and its kin; with <c>--slurm</c> for slurmd.</summary>
internal static class CheckCommand
{
    public const string Name = "check";

    // slurmd waits for a prolog, and a monitoring server gives a plugin ten seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static Command Create(CommandSurroundings surroundings)
    {
        var options = new QueryOptions(surroundings);
        var slurm = new Option<bool>("--slurm")
        {
            Description = "For HealthCheckProgram or a prolog: drain the node where [Slurm] allows it. Exits 0 unless it is drained, or should be and Slurm does not answer.",
        };
        var strict = new Option<bool>("--strict") { Description = "With --slurm: an agent that cannot be reached, in a prolog also a Slurm that does not answer, is exit 3, not 0." };
        var command = new Command(Name, "Check the node: one line, and an exit code as Nagios takes it.") { slurm, strict };
        options.AddTo(command);
        options.AddConfigTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = await JudgeAsync(parsed.GetValue(slurm), parsed.GetValue(strict), parsed, options, surroundings, cancellation);
            var terminal = surroundings.Terminal;
            if (parsed.GetValue(options.Json)) JsonText.Write(terminal.Output, report.Report, CliJson.Plain.NodeCheckReport);
            else terminal.Write(new Line(OneLine(report.Report, report.Numbers)));
            return report.Report.ExitCode;
        });
        return command;
    }

    private static async Task<(NodeCheckReport Report, string Numbers)> JudgeAsync(
        bool slurm, bool strict, ParseResult parsed, QueryOptions options, CommandSurroundings surroundings, CancellationToken cancellation)
    {
        NodeReport node;
        NodeCheck check;
        try
        {
            using var client = options.Client(parsed, Patience);
            node = AgentClient.Read(await client.GetAsync("/v1/node", cancellation), ApiJson.Default.NodeReport);
            var devices = AgentClient.Read(await client.GetAsync("/v1/devices?signals=none", cancellation), ApiJson.Default.DeviceList).Devices;
            check = new(node, devices);
        }
        catch (CommandFailedException silent)
        {
            // A prolog that fails drains the node: for want of a monitor no node is given up, unless the site wants it so.
            var code = slurm && !strict ? ExitCode.Ok : (int)NodeCheckStatus.Unknown;
            return (new() { Status = NodeCheckStatus.Unknown, ExitCode = code, Text = silent.Message.Split('\n')[0] }, "");
        }

        // A prolog's exit code drains the node by itself, past MaxDrainedShare and all.
        var isForgiven = surroundings.SlurmJob is { Length: > 0 } && !strict;
        var drain = slurm && check.IsUnfit ? await DrainAsync(check, node, options.Configured(parsed), surroundings, cancellation) : null;
        return (
            new()
            {
                Simulated = node.Simulated,
                Node = node.Name,
                Status = check.Status,
                ExitCode = !slurm ? (int)check.Status
                    : drain is { IsDrained: true } ? (int)NodeCheckStatus.Critical
                    : drain is { IsUnanswered: true } && !isForgiven ? (int)NodeCheckStatus.Unknown : ExitCode.Ok,
                Text = check.Text,
                Drain = drain?.Text,
                States = check.Counts,
            },
            check.Numbers);
    }

    private static Task<DrainOutcome> DrainAsync(
        NodeCheck check, NodeReport node, SettingValues configured, CommandSurroundings surroundings, CancellationToken cancellation)
    {
        // slurmd tells its node's name to a prolog; elsewhere it is the host's, without its domain (slurm.conf(5), NodeName).
        var name = surroundings.SlurmNodeName is { Length: > 0 } told ? told : node.Name.Split('.')[0];
        return new NodeDrain(SlurmOptions.From(configured), surroundings.Commands, surroundings.Time).ApplyAsync(
            name, (node.Simulated ? "SIMULATED " : "") + check.Reason, cancellation);
    }

    // Nagios reads what follows the bar as numbers: none may stand in the text.
    private static string OneLine(NodeCheckReport report, string numbers)
    {
        var simulated = report.Simulated ? "SIMULATED: " : "";
        var text = (simulated + report.Text + (report.Drain is { } drain ? $"; {drain}" : "")).Replace('|', '/').Replace('\n', ' ');
        return $"FOREWARN {report.Status.ToString().ToUpperInvariant()} - {text}{(numbers.Length > 0 ? " | " + numbers : "")}";
    }
}
