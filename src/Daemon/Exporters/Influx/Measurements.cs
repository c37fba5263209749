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
    public const string DeviceWorkAction = "forewarn_device_work_action";
    public const string DeviceRepairAction = "forewarn_device_repair_action";
    public const string DeviceFailureProbability = "forewarn_device_failure_probability";
    public const string FindingActive = "forewarn_finding_active";
    public const string NodeHealthState = "forewarn_node_health_state";
    public const string NodeFindingActive = "forewarn_node_finding_active";
    public const string NodeMaintenance = "forewarn_node_maintenance";
    public const string Events = "forewarn_events_total";
    public const string NodeBlocked = "forewarn_node_processes_blocked";
    public const string NodeStuck = "forewarn_node_processes_stuck";
    public const string NodePartNeeded = "forewarn_node_part_needed";
    public const string NodePartUp = "forewarn_node_part_up";

    /// <summary>Whose processes hold a device.</summary>
    public const string DeviceWorkload = "forewarn_device_workload";
}
