using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Sources;

namespace Forewarn.Daemon.Roles;

/// <summary>Every setting that this program has.</summary>
internal static class ProgramSettings
{
    /// <summary>The keys of a source that a reload applies; the whole of [Sampling] is applied too; [Slurm] is not the agent's. All else is bound when the agent starts.</summary>
    private static readonly string[] Reloadable = ["Library", "Deadline", "SlowDeadline", "StartDeadline"];

    public static SettingCatalog Catalog { get; } = new([.. SourceRegistry.All.Select(entry => entry.Declaration)]);

    /// <summary>Settings that differ and that a reload does not apply, with their new value.</summary>
    public static IEnumerable<string> ChangesThatWait(SettingValues before, SettingValues after)
        => from section in Catalog.Sections
           where section.Name is not ("Sampling" or "Slurm")
           let isSource = section.Name.StartsWith("Source.", StringComparison.Ordinal)
           from setting in section.Settings
           where !(isSource && Reloadable.Contains(setting.Key)) && before.Text(setting) != after.Text(setting)
           select $"[{section.Name}] {setting.Key}={after.Shown(setting)}";
}
