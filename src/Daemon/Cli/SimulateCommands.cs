using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Simulation;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn simulate</c>: what the simulated node can play, and faults for one that runs.</summary>
internal static class SimulateCommands
{
    public static Command Create(CommandSurroundings surroundings) => new(
        "simulate", "The simulated node: what it can play, and faults for one that runs.")
    {
        Names(surroundings, "profiles", "List the healthy nodes that forewarn agent --simulate takes.", library => library.Profiles),
        Names(surroundings, "scenarios", "List the nodes in trouble that forewarn agent --simulate takes.", library => library.Scenarios),
        Inject(surroundings),
        Check(surroundings),
    };

    private static Command Names(
        CommandSurroundings surroundings, string name, string description, Func<SimulationLibrary, IReadOnlyList<string>> names)
    {
        var json = new Option<bool>("--json") { Description = "JSON for programs; docs/cli.md describes it." };
        var command = new Command(name, description) { json };
        command.SetAction(parsed => Try(() =>
        {
            var library = Library(surroundings);
            var found = names(library).Select(one => new SimulationName(one, FirstComment(library.Find(one).File))).ToArray();
            if (parsed.GetValue(json))
            {
                JsonText.Write(surroundings.Terminal.Output, new SimulationNames(found), CliJson.Plain.SimulationNames);
                return ExitCode.Ok;
            }

            var table = new TextTable([new("NAME"), new("WHAT")]);
            foreach (var one in found) table.Add(one.Name, one.What);
            surroundings.Terminal.Write(table.Render(int.MaxValue).Select(line => new Line(line)));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Inject(CommandSurroundings surroundings)
    {
        var options = new QueryOptions(surroundings);
        var fault = new Argument<string[]>("FAULT")
        {
            Description = "What happens, as in a scenario: gpu 3 lost",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("inject", "Put a fault into the simulated node of the running agent.") { fault };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var body = await client.PostAsync("/v1/simulation/inject", string.Join(' ', parsed.GetValue(fault)!), cancellation);
            if (parsed.GetValue(options.Json)) JsonText.Write(surroundings.Terminal.Output, body);
            else surroundings.Terminal.Write(new Line(AgentClient.Read(body, ApiJson.Default.OperationReport).Text));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Check(CommandSurroundings surroundings)
    {
        var json = new Option<bool>("--json") { Description = "JSON for programs; docs/cli.md describes it." };
        var file = new Argument<string>("FILE") { Description = "A scenario's file." };
        var command = new Command("check", "Name every error of a scenario with line and column; exit 2 when there is one.") { file, json };
        command.SetAction((parsed, cancellation) => TryAsync(async () =>
        {
            var library = Library(surroundings);
            library.RequireProgram();
            var errors = await ErrorsAsync(library.Program, parsed.GetValue(file)!, cancellation);
            var (good, terminal) = (errors.Count == 0, surroundings.Terminal);
            if (parsed.GetValue(json)) JsonText.Write(terminal.Output, new ScenarioCheck(good, errors), CliJson.Plain.ScenarioCheck);
            else if (good) terminal.Write(new Line("the scenario is good"));
            else foreach (var error in errors) terminal.WriteError(error);
            return good ? ExitCode.Ok : ExitCode.Usage;
        }));
        return command;
    }

    private static async Task<IReadOnlyList<string>> ErrorsAsync(string program, string file, CancellationToken cancellation)
    {
        using var process = new Process
        {
            StartInfo = new(program, ["check", file]) { UseShellExecute = false, RedirectStandardError = true },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception refused)
        {
            throw new SimulationException($"{program} cannot be started: {refused.Message}");
        }

        var errors = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return process.ExitCode == 0 ? [] : lines.Length > 0 ? lines : [$"{program} check ended with code {process.ExitCode}"];
    }

    private static SimulationLibrary Library(CommandSurroundings surroundings)
    {
        var configured = new ConfigurationLoader(surroundings.Settings).Load(surroundings.Configuration, []);
        return new(configured.Values.Get(SettingCatalog.SimulationDirectory));
    }

    private static string FirstComment(string file) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith('#'))?.TrimStart('#', ' ') ?? "";

    private static int Try(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (SimulationException missing)
        {
            throw new CommandFailedException(missing.Message, missing);
        }
    }

    private static async Task<int> TryAsync(Func<Task<int>> action)
    {
        try
        {
            return await action();
        }
        catch (SimulationException missing)
        {
            throw new CommandFailedException(missing.Message, missing);
        }
    }
}
