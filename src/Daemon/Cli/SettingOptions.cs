using System.CommandLine;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary>The options by which a service is told its settings: the file, any setting by its name, and some that have an option of their own.</summary>
internal sealed class SettingOptions((Option<string?> Option, string Setting)[] own)
{
    private readonly Option<string?> _config = new("--config")
    {
        Description = "The configuration's file; else /etc/forewarn/forewarn.conf.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "One setting; may be given again. Wins over the files.",
        HelpName = "Section.Key=Value",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>The file and any setting.</summary>
    public void AddTo(Command command)
    {
        command.Add(_config);
        command.Add(_set);
    }

    /// <summary>Those that have an option of their own.</summary>
    public void AddOwnTo(Command command)
    {
        foreach (var (option, _) in own) command.Add(option);
    }

    public ConfigurationPaths Paths(ParseResult parsed, CommandSurroundings surroundings)
        => parsed.GetValue(_config) is { } file ? ConfigurationPaths.Named(file) : surroundings.Configuration;

    public IReadOnlyList<ConfigurationOverride> Overrides(ParseResult parsed) =>
    [
        .. (parsed.GetValue(_set) ?? []).Select(ConfigurationOverride.Set),
        .. own.Select(setting => (setting.Option.Name, setting.Setting, Value: parsed.GetValue(setting.Option)))
            .Where(given => given.Value is not null)
            .Select(given => new ConfigurationOverride(given.Name, $"{given.Setting}={given.Value}")),
    ];
}
