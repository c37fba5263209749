using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Repair;

namespace Forewarn.Daemon.Configuration;

/// <summary>The rows of [Recovery] about the repair and return of nodes. The defaults stand with who uses them.</summary>
internal static class RepairKeys
{
    private static readonly GuardSettings Guards = new();
    private static readonly RepairSettings Usual = new();
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static readonly Setting<ActionMode> Mode = new(
        "RepairMode", PartitionModes.Mode, Guards.RepairMode, "How far the repair of drained nodes may go, where the partition's mode lets at least as much.");

    public static readonly Setting<int> PerWeek = new(
        "RepairsPerWeek", SettingTypes.Count(0, 100), Guards.RepairsPerWeek, "How often one node is repaired by us in a week; after that it waits for people.");

    public static readonly Setting<string> Command = new(
        "RepairCommand", SettingTypes.OptionalPath, Usual.Command, "The site's program that resets or reboots: NODE DEVICE ACTION. Empty: the scheduler reboots.");

    public static readonly Setting<string> Validation = new(
        "ValidationCommand", SettingTypes.OptionalPath, Usual.Validation, "The site's batch script that shows that a repaired node computes: NODE DEVICE ACTION. Empty: people have to return it.");

    public static readonly Setting<string> User = new(
        "ValidationUser", SettingTypes.OptionalName, Usual.User, "As whom that is submitted; another than the controller's own user takes root. Empty: as the controller's own.");

    public static readonly Setting<string> Partition = new(
        "ValidationPartition", SettingTypes.OptionalName, Usual.Partition, "In which partition. Empty: the node's first.");

    public static readonly Setting<TimeSpan> RepairTime = new(
        "RepairTime", SettingTypes.Duration(Minute, Day), Usual.Repair, "How long a reboot or the site's program may take.");

    public static readonly Setting<TimeSpan> ProvingTime = new(
        "ProvingTime", SettingTypes.Duration(Minute, Day), Usual.Proving, "How long after it the agent may take to tell that all is well.");

    public static readonly Setting<TimeSpan> ValidationTime = new(
        "ValidationTime", SettingTypes.Duration(Minute, Day), Usual.Validate, "How long the validation may take.");

    // A second: a test cluster's.
    public static readonly Setting<TimeSpan> ProbationTime = new(
        "ProbationTime", SettingTypes.Duration(TimeSpan.FromSeconds(1), 30 * Day), Usual.Probation, "How long a node that is back is watched for the same trouble.");

    public static readonly Setting<TimeSpan> GoneAfter = new(
        "GoneAfter", SettingTypes.Duration(Minute, 365 * Day), new CoordinationSettings().GoneAfter, "After so long without word from scheduler and agent the incidents of a node are closed: it is gone.");

    public static readonly Setting[] All = [Mode, PerWeek, Command, Validation, User, Partition, RepairTime, ProvingTime, ValidationTime, ProbationTime, GoneAfter];
}
