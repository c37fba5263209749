using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary>The answer of <c>config check --json</c>.</summary>
internal sealed record ConfigCheckReport(bool Valid, IReadOnlyList<string> Files, IReadOnlyList<ConfigErrorReport> Errors);

/// <summary>One error; what does not apply is absent.</summary>
internal sealed record ConfigErrorReport(string Origin, int? Line, string? Section, string? Key, string? Value, string Message);

/// <summary>The answer of <c>config show --json</c>.</summary>
internal sealed record ConfigShowReport(IReadOnlyList<SettingReport> Settings);

/// <summary>One setting in force; the origin is a file, an option or <c>default</c>.</summary>
internal sealed record SettingReport(string Section, string Key, string Value, string Origin, int? Line);

/// <summary>Makes them.</summary>
internal static class ConfigReports
{
    public static ConfigCheckReport Check(ConfigurationResult result) => new(
        result.Errors.Count == 0,
        result.Files,
        [.. result.Errors.Select(error => new ConfigErrorReport(
            error.Origin.Source, Line(error.Origin), error.Section, error.Key, error.Value, error.Message))]);

    public static ConfigShowReport Show(SettingCatalog catalog, SettingValues values) => new(
    [
        .. catalog.InForce(values).SelectMany(section => section.Settings.Select(setting => new SettingReport(
            section.Name, setting.Key, values.Shown(setting), values.Origin(setting).Source, Line(values.Origin(setting))))),
    ]);

    private static int? Line(SettingOrigin origin) => origin.Line == 0 ? null : origin.Line;
}
