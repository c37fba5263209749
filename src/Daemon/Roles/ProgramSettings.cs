using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Sources;
using Forewarn.Predict.Rules;

namespace Forewarn.Daemon.Roles;

/// <summary>Every setting that this program has.</summary>
internal static class ProgramSettings
{
    /// <summary>The keys of a source that a reload applies; the whole of [Sampling] and of the rules is applied too; of [Slurm] only what the agent reads is its own, and [Fleet], [Recovery], [Contract.NAME] and [Topology] are the controller's. All else is bound when the agent starts.</summary>
    private static readonly string[] Reloadable = ["Library", "Deadline", "SlowDeadline", "StartDeadline"];

    private static readonly Setting[] NotTheAgents = [SlurmSettings.Mode, SlurmSettings.MaxDrainedShare, SlurmSettings.Controller];

    private static readonly string[] ReloadableSections = ["Rule.", "Xid.", "Sxid."];

    public static SettingCatalog Catalog { get; } = new(
        [.. SourceRegistry.All.Select(entry => entry.Declaration)], RuleList.All.Select(rule => rule.Sheet));

    /// <summary>Of [Recovery], what the controller is put together of; all else of it a reload applies.</summary>
    private static readonly Setting[] BoundAtStart =
    [
        RecoverySettings.Scheduler, RecoverySettings.LookEvery, RecoverySettings.Folders, RecoverySettings.LongestPause, RecoverySettings.LongestInterval,
        RecoverySettings.LongestCheckpoint, RecoverySettings.LongestLoad, RecoverySettings.MostRestarts, RecoverySettings.AuditFile, RecoverySettings.AuditSize, RecoverySettings.JournalKeep,
    ];

    /// <summary>Of what the controller reads, settings that differ and that its reload does not apply, with their new value.</summary>
    public static IEnumerable<string> ControllersChangesThatWait(SettingValues before, SettingValues after)
        => from section in ((SettingSection[])[FleetSettings.Section, RecoverySettings.Section, TopologySettings.Section]).Concat(Catalog.Contracts.Set(before).Union(Catalog.Contracts.Set(after)))
           from setting in section.Settings
           where (section != RecoverySettings.Section || BoundAtStart.Contains(setting)) && before.Text(setting) != after.Text(setting)
           select $"[{section.Name}] {setting.Key}={after.Shown(setting)}";

    /// <summary>Settings that differ and that an agent's reload does not apply, with their new value.</summary>
    public static IEnumerable<string> ChangesThatWait(SettingValues before, SettingValues after)
        => from section in Catalog.InForce(before).Union(Catalog.InForce(after))
           where !ContractSections.IsMeant(section.Name) && section.Name is not ("Sampling" or "Rules" or "Fleet" or "Recovery" or "Topology") && !ReloadableSections.Any(prefix => section.Name.StartsWith(prefix, StringComparison.Ordinal))
           let isSource = section.Name.StartsWith("Source.", StringComparison.Ordinal)
           from setting in section.Settings
           where !(isSource && Reloadable.Contains(setting.Key)) && !NotTheAgents.Contains(setting) && before.Text(setting) != after.Text(setting)
           select $"[{section.Name}] {setting.Key}={after.Shown(setting)}";
}
