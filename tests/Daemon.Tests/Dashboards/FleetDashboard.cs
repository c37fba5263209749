namespace Forewarn.Daemon.Tests.Dashboards;

/// <summary>All nodes: how many devices are how, who is worst, and whether Forewarn itself works.</summary>
internal static class FleetDashboard
{
    public static Dashboard Make() => new("forewarn-fleet", "Forewarn: the fleet", [], Panels);

    private static IReadOnlyList<Panel> Panels =>
    [
        new("Devices by state", "timeseries", 12, 8) { Queries = [("sum by (state) (forewarn_device_health_state)", "{{state}}")] },
        new("Failed", "stat", 3, 8) { Queries = [("sum(forewarn_device_health_state{state=\"failed\"})", "")] },
        new("Failing", "stat", 3, 8) { Queries = [("sum(forewarn_device_health_state{state=\"failing\"})", "")] },
        new("Degraded", "stat", 3, 8) { Queries = [("sum(forewarn_device_health_state{state=\"degraded\"})", "")] },
        new("Nodes in maintenance", "stat", 3, 8) { Queries = [("sum(forewarn_node_maintenance)", "")] },
        new("Devices that need somebody", "table", 12, 9)
        {
            Queries = [("forewarn_device_health_state{state=~\"degraded|failing|failed\"} == 1", "")],
            IsInstant = true,
            Description = "instance and index name them; `forewarn explain INDEX` on that node says the rest.",
        },
        new("Findings by rule", "timeseries", 12, 9) { Queries = [("sum by (rule) (forewarn_finding_active)", "{{rule}}")] },
        new("Most likely to fail within a day", "table", 12, 9)
        {
            Queries = [("topk(20, forewarn_device_failure_probability{horizon=\"24h\"} > 0)", "")], IsInstant = true, Unit = "percentunit",
        },
        new("What to do with devices", "timeseries", 12, 9) { Queries = [("sum by (action) (forewarn_device_repair_action{action!=\"none\"})", "{{action}}")] },
        new("Events", "timeseries", 12, 8) { Queries = [("sum by (kind) (rate(forewarn_events_total[$__rate_interval]))", "{{kind}}")], Unit = "cps" },
        new("Driver errors by code", "timeseries", 12, 8)
        {
            Queries = [("topk(10, sum by (code) (rate(forewarn_events_total{kind=\"driver_error\"}[$__rate_interval])))", "{{code}}")], Unit = "cps",
        },
        new("Devices missing", "table", 8, 8) { Queries = [("forewarn_devices_expected - forewarn_devices_found > 0", "")], IsInstant = true },
        new("Busy", "timeseries", 8, 8)
        {
            Queries = [("sum(rate(forewarn_device_busy_seconds_total[$__rate_interval])) / sum(rate(forewarn_device_measured_seconds_total[$__rate_interval]))", "of the measured time")],
            Unit = "percentunit",
        },
        new("Idle with memory held", "timeseries", 8, 8)
        {
            Queries = [("sum(rate(forewarn_device_idle_held_seconds_total[$__rate_interval]))", "devices")],
        },
        new("Agents that do not answer", "table", 8, 8) { Queries = [("up{job=\"forewarn\"} == 0", "")], IsInstant = true },
        new("Processor time of the agents", "timeseries", 8, 8)
        {
            Queries = [("quantile(0.5, sum by (instance) (rate(forewarn_process_cpu_seconds_total[$__rate_interval])))", "median"),
                ("max(sum by (instance) (rate(forewarn_process_cpu_seconds_total[$__rate_interval])))", "most")],
            Unit = "percentunit",
        },
        new("Sources that read nothing", "table", 8, 8) { Queries = [("forewarn_source_up == 0", "")], IsInstant = true },
    ];
}
