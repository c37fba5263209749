using Forewarn.Predict.Rules;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Configuration;

/// <summary>
/// Every setting there is. The reader of files, the checks, <c>forewarn config show</c> and the documented default file
/// are all made from this table. The sources come from outside: their list stands with the sources.
/// </summary>
internal sealed class SettingCatalog
{
    public static readonly Setting<string> NodeName = new(
        "NodeName", SettingTypes.Name, () => Environment.MachineName, "This node's name in metrics, events and reports.")
    {
        ComputedDefault = "the host name",
    };

    public static readonly Setting<IReadOnlyList<ListenAddress>> Listen = new(
        "Listen", SettingTypes.Listen, [new ListenAddress(null, 9797)], "Where HTTP is served: address:port, several apart by blanks; none for the socket alone.");

    public static readonly Setting<string> Socket = new(
        "Socket", SettingTypes.SocketPath, "/run/forewarn/forewarn.sock", "The Unix socket of the command line; what changes state is here alone.");

    public static readonly Setting<string> StateDir = new(
        "StateDir", SettingTypes.AbsolutePath, "/var/lib/forewarn", "What must survive a restart of the machine; on a local file system.");

    public static readonly Setting<string> RuntimeDir = new(
        "RuntimeDir", SettingTypes.AbsolutePath, "/run/forewarn", "What must not survive it.");

    public static readonly Setting<string> Root = new(
        "Root", SettingTypes.AbsolutePath, "/", "The directory under which /sys, /proc and /dev are read.");

    public static readonly Setting<LogLevel> Level = new(
        "LogLevel", SettingTypes.Level, LogLevel.Information, "The least severe message that is logged.");

    // 50 ms: below it a sweep over eight cards no longer fits its own period. 60 s: above it a fault is old before it is seen.
    public static readonly Setting<TimeSpan> Fast = new(
        "Fast",
        SettingTypes.Duration(TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(60)),
        TimeSpan.FromSeconds(1),
        "How often utilisation, power, temperatures, clocks and the like are read.");

    public static readonly Setting<TimeSpan> Slow = new(
        "Slow",
        SettingTypes.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        TimeSpan.FromSeconds(60),
        "How often error counts by location, remapped rows and the like are read. Not below Fast.");

    public static readonly Setting<TimeSpan> Inventory = new(
        "Inventory",
        SettingTypes.Duration(TimeSpan.FromSeconds(10), TimeSpan.FromDays(1)),
        TimeSpan.FromMinutes(10),
        "How often identity, firmware and modes are read; also after every change.");

    // 1 s: a list of processes takes the driver's lock as any reading does, and a job that ends sooner is told by its scheduler.
    public static readonly Setting<TimeSpan> Processes = new(
        "Processes",
        SettingTypes.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        TimeSpan.FromSeconds(10),
        "How often each device is asked which processes hold it, and whose jobs they are.");

    public static readonly Setting<bool> KernelLogEnabled = new(
        "Enabled", SettingTypes.Boolean, true, "Whether the kernel log is read: driver errors, bus errors, memory, adapters, disks.");

    public static readonly Setting<string> KernelLogPath = new(
        "Path", SettingTypes.OptionalPath, "", "Where. Empty: standard input where that is the kernel log, as in the unit, else /dev/kmsg below Root.");

    // 1 h: who asks what happened asks at least for the last hour. 365 d: the file is bounded besides, and history beyond is the fleet's.
    public static readonly Setting<TimeSpan> KeepEvents = new(
        "Keep",
        SettingTypes.Duration(TimeSpan.FromHours(1), TimeSpan.FromDays(365)),
        TimeSpan.FromDays(14),
        "How long events are kept in the state directory; beyond 256 MiB the oldest go sooner.");

    public static readonly Setting<string> SimulationDirectory = new(
        "Directory", SettingTypes.AbsolutePath, InstalledSimulation, "Where forewarn-simnode, its profiles and its scenarios lie.")
    {
        ComputedDefault = "/usr/lib/forewarn/simulated where it exists, else ../native beside the program's folder",
    };

    public static readonly Setting<bool> PrometheusEnabled = new(
        "Enabled", SettingTypes.Boolean, true, "Whether /metrics is served.");

    public static readonly Setting<bool> LinkSeries = new(
        "LinkSeries", SettingTypes.Boolean, true, "Whether /metrics has a series for each link; eight cards with 18 links each make some 1,000.");

    public static readonly Setting<RuleMode?> RuleModeForAll = new(
        "Mode", SettingTypes.RuleModeForAll, (RuleMode?)null,
        "The mode of every rule whose own section sets none. observe: everything is told and stored, no state changes: to get to know the rules first.");

    public static readonly Setting<string> Rack = new(
        "Rack", SettingTypes.OptionalText, "", "Where the node stands, for people: it goes into forewarn explain and forewarn report.");

    private static readonly SettingSection Agent = new(
        "Agent", "This node, and the program's own files and addresses.", [NodeName, Rack, Listen, Socket, StateDir, RuntimeDir, Root, Level]);

    private static readonly SettingSection Sampling = new(
        "Sampling", "How often each group of signals is read. Durations: 250ms 1s 10m 2h 1d.", [Fast, Slow, Inventory, Processes]);

    private static readonly SettingSection KernelLog = new(
        "KernelLog", "The kernel log, where drivers write what their libraries do not tell.", [KernelLogEnabled, KernelLogPath]);

    private static readonly SettingSection Events = new(
        "Events", "What happened: stored in StateDir, listed and followed by forewarn events.", [KeepEvents]);

    private static readonly SettingSection Simulation = new(
        "Simulation", "The simulated node of --simulate.", [SimulationDirectory]);

    private static readonly SettingSection Rules = new(
        "Rules", "What holds for every rule. Each has a section of its own, [Rule.NAME], with its mode and its numbers.", [RuleModeForAll]);

    private static readonly SettingSection Prometheus = new(
        "Prometheus", "The page that Prometheus scrapes.", [PrometheusEnabled, LinkSeries]);

    /// <summary>The table with a section for each of these sources and rules.</summary>
    public SettingCatalog(IEnumerable<SourceDeclaration> sources, IEnumerable<RuleSheet>? rules = null)
    {
        Sources = [.. sources.Select(source => new SourceSettings(source))];
        RuleSections = [.. (rules ?? []).Select(rule => new RuleKeys(rule))];
        Sections =
        [
            Agent, Sampling, .. Sources.Select(source => source.Section), KernelLog, Events, Simulation, Prometheus, InfluxSettings.Section, SlurmSettings.Section,
            ReportSettings.Section, FleetSettings.Section, RecoverySettings.Section, TopologySettings.Section, Rules, .. RuleSections.Select(rule => rule.Section),
        ];
    }

    /// <summary>All sections, in the order of the documented file.</summary>
    public IReadOnlyList<SettingSection> Sections { get; }

    /// <summary>Sections that are there when somebody names them.</summary>
    public ErrorCodeSections ErrorCodes { get; } = new();

    /// <summary>The same, of what the site declares for jobs.</summary>
    public ContractSections Contracts { get; } = new();

    internal IReadOnlyList<SourceSettings> Sources { get; }

    internal IReadOnlyList<RuleKeys> RuleSections { get; }

    /// <summary>The section of this name; null when there is none.</summary>
    public SettingSection? Find(string? name)
        => name is null ? null : Sections.FirstOrDefault(section => section.Name == name) ?? ErrorCodes.Find(name) ?? Contracts.Find(name);

    /// <summary>All sections, and those about error codes and contracts of which anything is set.</summary>
    public IEnumerable<SettingSection> InForce(SettingValues values) => Sections.Concat(ErrorCodes.Set(values)).Concat(Contracts.Set(values));

    private static string InstalledSimulation()
    {
        const string installed = "/usr/lib/forewarn/simulated";
        return Directory.Exists(installed) ? installed : Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "native"));
    }
}
