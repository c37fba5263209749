using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Dashboards;

/// <summary>
/// All nodes: how many devices are how, who is worst, whether Forewarn itself works, then for every metric that the catalogue has how it lies over the
/// fleet: a card that stands out is above the line of the many.
/// </summary>
internal static class FleetDashboard
{
    public static Dashboard Make() => new("forewarn-fleet", "Forewarn: the fleet", [], [.. Verdicts(), .. Signals()]);

    private static IEnumerable<Panel> Verdicts() =>
    [
        new("Devices by state", "timeseries", 12, 8) { Queries = [($"sum by (state) ({SelfCatalog.DeviceHealthState.Name})", "{{state}}")] },
        .. Called.Select(state => new Panel($"{state}", "stat", 3, 8) { Queries = [($"sum({SelfCatalog.DeviceHealthState.Name}{{state=\"{Word(state)}\"}})", "")] }),
        new("Nodes in maintenance", "stat", 3, 8) { Queries = [($"sum({SelfCatalog.NodeMaintenance.Name})", "")] },
        new("Devices that need somebody", "table", 12, 9)
        {
            Queries = [($"{SelfCatalog.DeviceHealthState.Name}{{state=~\"{string.Join('|', Called.Reverse().Select(Word))}\"}} == 1", "")],
            IsInstant = true,
            Description = "instance and index name them; `forewarn explain INDEX` on that node says the rest.",
        },
        new("Findings by rule", "timeseries", 12, 9) { Queries = [($"sum by (rule) ({SelfCatalog.FindingActive.Name})", "{{rule}}")] },
        new("Most likely to fail within a day", "table", 12, 9)
        {
            Queries = [($"topk(20, {SelfCatalog.DeviceFailureProbability.Name}{{horizon=\"24h\"}} > 0)", "")], IsInstant = true, Unit = "percentunit",
        },
        new("What to do with devices", "timeseries", 12, 9) { Queries = [($"sum by (action) ({SelfCatalog.DeviceRepairAction.Name}{{action!=\"none\"}})", "{{action}}")] },
        new("Events", "timeseries", 12, 8) { Queries = [($"sum by (kind) (rate({SelfCatalog.Events.Name}[$__rate_interval]))", "{{kind}}")], Unit = "cps" },
        new("Driver errors by code", "timeseries", 12, 8)
        {
            Queries = [($"topk(10, sum by (code) (rate({SelfCatalog.Events.Name}{{kind=\"driver_error\"}}[$__rate_interval])))", "{{code}}")], Unit = "cps",
        },
        new("Devices missing", "table", 8, 8) { Queries = [($"{SelfCatalog.DevicesExpected.Name} - {SelfCatalog.DevicesFound.Name} > 0", "")], IsInstant = true },
        new("Busy", "timeseries", 8, 8)
        {
            Queries =
            [
                ($"sum(rate({SelfCatalog.DeviceBusy.Name}[$__rate_interval])) / sum(rate({SelfCatalog.DeviceMeasured.Name}[$__rate_interval]))", "of the measured time"),
                ($"min({BusyEach})", "least of a node"),
                ($"max({BusyEach})", "most of a node"),
            ],
            Unit = "percentunit",
        },
        new("Idle with memory held", "timeseries", 8, 8) { Queries = [($"sum(rate({SelfCatalog.DeviceIdleHeld.Name}[$__rate_interval]))", "devices")] },
        new("Agents that do not answer", "table", 8, 8) { Queries = [("up{job=\"forewarn\"} == 0", "")], IsInstant = true },
        new("Processor time of the agents", "timeseries", 8, 8)
        {
            Queries = [($"quantile(0.5, {AgentTime})", "median"), ($"max({AgentTime})", "most")],
            Unit = "percentunit",
        },
        new("Sources that read nothing", "table", 8, 8) { Queries = [($"{SelfCatalog.SourceUp.Name} == 0", "")], IsInstant = true },
    ];

    /// <summary>The states for which somebody is called, the gravest first.</summary>
    private static IEnumerable<HealthState> Called =>
        [.. Enum.GetValues<HealthState>().Where(state => state is >= HealthState.Degraded and < HealthState.Unknown).Reverse()];

    private static string AgentTime => $"sum by (instance) (rate({SelfCatalog.ProcessCpuSeconds.Name}[$__rate_interval]))";

    private static string BusyEach
        => $"sum by (instance) (rate({SelfCatalog.DeviceBusy.Name}[$__rate_interval])) / (sum by (instance) (rate({SelfCatalog.DeviceMeasured.Name}[$__rate_interval])) > 0)";

    private static string Word(HealthState state) => state.ToString().ToLowerInvariant();

    private static IEnumerable<Panel> Signals() => SignalCatalog.Families.Select(family =>
    {
        var value = family.Kind == SignalKind.Counter ? $"rate({family.Name}[$__rate_interval])" : family.Name;
        // What the links or fans of a card counted is one number; what they show is not: the least of the cards' most would hide each link that is down.
        var each = CatalogPanel.HasInstances(family) && family.Kind == SignalKind.Counter
            ? $"sum by (instance, uuid{string.Concat(CatalogPanel.Labels(family).Select(key => ", " + key))}) ({value})" : value;
        var by = string.Join(", ", CatalogPanel.Labels(family)) is { Length: > 0 } labels ? $" by ({labels})" : "";
        var name = string.Concat(CatalogPanel.Labels(family).Select(key => $" {{{{{key}}}}}"));
        return CatalogPanel.Of(family, [($"max{by} ({each})", "most" + name), ($"quantile{by} (0.5, {each})", "median" + name), ($"min{by} ({each})", "least" + name)]);
    });
}
