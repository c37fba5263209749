namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>The measurements beside those of the signals. What also stands in /metrics has the same name there; a test holds that.</summary>
internal static class Measurements
{
    public const string NodeInfo = "forewarn_node_info";
    public const string DevicesExpected = "forewarn_devices_expected";
    public const string DevicesFound = "forewarn_devices_found";
    public const string SourceUp = "forewarn_source_up";
    public const string DeviceInfo = "forewarn_device_info";
    public const string DeviceUp = "forewarn_device_up";
    public const string DevicePresence = "forewarn_device_presence";
    public const string DeviceCountersGeneration = "forewarn_device_counters_generation";
    public const string DeviceMeasured = "forewarn_device_measured_seconds_total";
    public const string DeviceBusy = "forewarn_device_busy_seconds_total";
    public const string DeviceIdle = "forewarn_device_idle_seconds_total";
    public const string DeviceIdleHeld = "forewarn_device_idle_held_seconds_total";
    public const string DeviceProcesses = "forewarn_device_processes";
    public const string DeviceHealthState = "forewarn_device_health_state";
    public const string DeviceFailureProbability = "forewarn_device_failure_probability";
    public const string FindingActive = "forewarn_finding_active";

    /// <summary>Whose processes hold a device.</summary>
    public const string DeviceWorkload = "forewarn_device_workload";
}
