using System.CommandLine;
using System.Globalization;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn config check</c> and <c>show</c>: what the agent would read, without an agent.</summary>
internal static class ConfigCommands
{
    public static Command Create(CommandSurroundings surroundings) =>
        new("config", "Check or show the configuration.") { Check(surroundings), Show(surroundings) };

    private static Command Check(CommandSurroundings surroundings)
    {
        var (json, config) = (Json(), Config());
        var command = new Command("check", "Name every error with file and line; exit 2 when there is one.") { config, json };
        command.SetAction(parsed =>
        {
            var result = Load(surroundings, parsed.GetValue(config));
            var terminal = surroundings.Terminal;
            var read = result.Files.Count == 0 ? "no file, all is default" : string.Join(", ", result.Files);
            if (parsed.GetValue(json)) JsonText.Write(terminal.Output, ConfigReports.Check(result), CliJson.Plain.ConfigCheckReport);
            else if (result.Errors.Count > 0) Complain(terminal, result);
            else terminal.Write(new Line("the configuration is good; read: " + read));
            return result.Errors.Count == 0 ? ExitCode.Ok : ExitCode.Usage;
        });
        return command;
    }

    private static Command Show(CommandSurroundings surroundings)
    {
        var (json, config) = (Json(), Config());
        var defaults = new Option<bool>("--defaults") { Description = "The documented file with every setting's default, instead." };
        var command = new Command("show", "Show every setting in force and where it was written.") { config, defaults, json };
        command.SetAction(parsed =>
        {
            var (output, settings) = (surroundings.Terminal.Output, surroundings.Settings);
            var values = new SettingValues();
            if (!parsed.GetValue(defaults))
            {
                var result = Load(surroundings, parsed.GetValue(config));
                if (result.Errors.Count > 0)
                {
                    Complain(surroundings.Terminal, result);
                    return ExitCode.Usage;
                }

                values = result.Values;
            }

            if (parsed.GetValue(json)) JsonText.Write(output, ConfigReports.Show(settings, values), CliJson.Plain.ConfigShowReport);
            else if (parsed.GetValue(defaults)) output.Write(ConfigurationText.Defaults(settings));
            else output.Write(ConfigurationText.Effective(settings, values));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Option<bool> Json() => new("--json") { Description = "JSON for programs; docs/cli.md describes it." };

    private static Option<string?> Config() =>
        new("--config") { Description = "This file; else /etc/forewarn/forewarn.conf.", HelpName = "FILE" };

    private static ConfigurationResult Load(CommandSurroundings surroundings, string? file) =>
        new ConfigurationLoader(surroundings.Settings).Load(file is null ? surroundings.Configuration : ConfigurationPaths.Named(file), []);

    private static void Complain(Terminal terminal, ConfigurationResult result)
    {
        foreach (var error in result.Errors) terminal.WriteError(error.ToString());
        terminal.WriteError(string.Create(CultureInfo.InvariantCulture, $"forewarn: {result.Errors.Count} errors in the configuration"));
    }
}
