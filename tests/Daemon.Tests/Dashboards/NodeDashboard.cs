using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Dashboards;

/// <summary>One node: what is the matter first, then a panel for every metric that the catalogue has.</summary>
internal static class NodeDashboard
{
    private const string Here = "instance=\"$instance\"";

    public static Dashboard Make() => new("forewarn-node", "Forewarn: one node", [("instance", "label_values(forewarn_node_info, instance)")], [.. Verdicts(), .. Signals()]);

    private static IEnumerable<Panel> Verdicts() =>
    [
        new("Health of each device", "state-timeline", 24, 7)
        {
            Queries = [(StateNumber(), "card {{index}}")],
            Description = "0 healthy, 1 watch, 2 degraded, 3 failing, 4 failed, 5 unknown. A gap: nobody answered.",
        },
        new("What was found", "table", 12, 8)
        {
            Queries = [($"{SelfCatalog.FindingActive.Name}{{{Here}}} > 0", ""), ($"{SelfCatalog.NodeFindingActive.Name}{{{Here}}} > 0", "")],
            IsInstant = true,
            Description = "On the node, `forewarn explain` has the evidence, the command to run and what clears it.",
        },
        new("Chance of failure within a day", "timeseries", 12, 8)
        {
            Queries = [($"{SelfCatalog.DeviceFailureProbability.Name}{{{Here},horizon=\"24h\"}}", "card {{index}}")],
            Unit = "percentunit",
        },
        new("Events", "timeseries", 12, 7) { Queries = [($"sum by (kind, code) (increase({SelfCatalog.Events.Name}{{{Here}}}[$__rate_interval])) > 0", "{{kind}} {{code}}")] },
        new("Devices found and expected", "timeseries", 6, 7)
        {
            Queries = [($"forewarn_devices_found{{{Here}}}", "{{source}} found"), ($"forewarn_devices_expected{{{Here}}}", "{{source}} expected")],
        },
        new("Maintenance", "stat", 6, 7) { Queries = [($"{SelfCatalog.NodeMaintenance.Name}{{{Here}}}", "")] },
    ];

    // Exactly one state is 1, so that the sum of their numbers is the number of that one. By uuid: cards of two makers, or without an index, share one.
    private static string StateNumber() => string.Join(
        " + ", Enum.GetValues<HealthState>().Select(state => $"{(int)state} * sum by (uuid, index) ({SelfCatalog.DeviceHealthState.Name}{{{Here},state=\"{Word(state)}\"}})"));

    private static string Word(HealthState state) => state.ToString().ToLowerInvariant();

    private static IEnumerable<Panel> Signals() => SignalCatalog.Families.Select(family => CatalogPanel.Of(family, [.. Queries(family)]));

    // Links by the hundred are no picture: what all of a card counted, or the most and the least that one of them shows, since nobody knows here which of the
    // two is the bad one: a link that is down is the least, an error ratio the most. Who wants one link asks for it.
    private static IEnumerable<(string Query, string Legend)> Queries(MetricFamily family)
    {
        var isCounter = family.Kind == SignalKind.Counter;
        var value = isCounter ? $"rate({family.Name}{{{Here}}}[$__rate_interval])" : $"{family.Name}{{{Here}}}";
        if (!CatalogPanel.HasInstances(family)) return [(value, Legend(family))];
        var by = $"by (uuid, index{string.Concat(CatalogPanel.Labels(family).Select(key => ", " + key))})";
        return isCounter ? [($"sum {by} ({value})", Legend(family))] : [($"max {by} ({value})", Legend(family) + " most"), ($"min {by} ({value})", Legend(family) + " least")];
    }

    private static string Legend(MetricFamily family) => "card {{index}}" + string.Concat(CatalogPanel.Labels(family).Select(key => $" {{{{{key}}}}}"));
}
