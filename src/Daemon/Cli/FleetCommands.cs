using System.CommandLine;
using Forewarn.Controller.Fleet;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Fleet;
using Forewarn.Daemon.Fleet.Views;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn fleet</c> and <c>fleet token</c>: the nodes that report to the controller on this machine, and how their agents say who they are.</summary>
internal static class FleetCommands
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var options = new FleetQueryOptions(surroundings);
        var command = new Command("fleet", "Show the nodes that report to this machine's controller, worst first.") { Token(surroundings) };
        foreach (var further in FleetLookCommands.All(surroundings).Concat(FleetIncidentCommands.All(surroundings))) command.Add(further);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var body = await client.GetAsync("/v1/fleet", cancellation);
            if (parsed.GetValue(options.Json)) JsonText.Write(surroundings.Terminal.Output, body);
            else surroundings.Terminal.Write(FleetScreen.Render(AgentClient.Read(body, FleetApiJson.Default.FleetAnswer), surroundings.Terminal.Width));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Token(CommandSurroundings surroundings)
    {
        var options = new FleetQueryOptions(surroundings);
        var name = new Argument<string>("NODE") { Description = "The node's name, as its scheduler has it." };
        var command = new Command("token", "Print the token by which a node's agent says who it is, made of SiteKeyFile= in [Fleet]; needs no controller.") { name };
        options.AddTokenTo(command);
        command.SetAction(parsed =>
        {
            var node = parsed.GetValue(name)!;
            if (!ReportForm.IsName(node)) throw new CommandFailedException($"\"{node}\" is no node's name: letters, digits, '.', '-' and '_'") { Code = ExitCode.Usage };
            if (options.Configured(parsed).Get(FleetSettings.SiteKeyFile) is not { Length: > 0 } file)
                throw new CommandFailedException("SiteKeyFile= in [Fleet] is empty: this site has no tokens");
            if (SecretFile.TryRead(file, out var refusal) is not { } key) throw new CommandFailedException(refusal);
            var token = new NodeTokens(key).Of(node);
            if (parsed.GetValue(options.Json)) JsonText.Write(surroundings.Terminal.Output, new FleetToken(node, token), FleetApiJson.Plain.FleetToken);
            else surroundings.Terminal.Output.Write(token + "\n"); // as it is: it goes into a file
            return ExitCode.Ok;
        });
        return command;
    }
}
