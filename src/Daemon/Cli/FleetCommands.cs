using System.CommandLine;
using Forewarn.Controller.Fleet;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Fleet;
using Forewarn.Daemon.Fleet.Views;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn fleet</c>, <c>fleet node</c> and <c>fleet token</c>: what the controller on this machine knows of the nodes.</summary>
internal static class FleetCommands
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var options = new FleetQueryOptions(surroundings);
        var command = new Command("fleet", "Show the nodes that report to this machine's controller, worst first.") { Node(surroundings), Token(surroundings) };
        foreach (var further in FleetIncidentCommands.All(surroundings)) command.Add(further);
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

    private static Command Node(CommandSurroundings surroundings)
    {
        var options = new FleetQueryOptions(surroundings);
        var name = new Argument<string>("NAME") { Description = "The node's name, as forewarn fleet shows it." };
        var command = new Command("node", "Show one node with its devices and what happened there last.") { name };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var body = await client.GetAsync(FleetLook.NodePath + Uri.EscapeDataString(parsed.GetValue(name)!), cancellation);
            if (parsed.GetValue(options.Json)) JsonText.Write(surroundings.Terminal.Output, body);
            else surroundings.Terminal.Write(FleetNodeScreen.Render(AgentClient.Read(body, FleetApiJson.Default.FleetNodeAnswer), surroundings.Terminal.Width, surroundings.Zone));
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
