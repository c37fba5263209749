namespace Forewarn.Model;

public static partial class SignalCatalog
{
    private static Signal[] Clocks()
    {
        var clock = new MetricFamily("forewarn_device_clock_hertz", SignalKind.Gauge, SignalUnit.Hertz, "Clock of a domain now.");
        var max = new MetricFamily("forewarn_device_clock_max_hertz", SignalKind.Gauge, SignalUnit.Hertz, "Highest clock a domain can run at.");
        var application = new MetricFamily("forewarn_device_clock_application_hertz", SignalKind.Gauge, SignalUnit.Hertz,
            "Clock that programs are given when nothing holds it down, as set by an operator.");
        var boost = new MetricFamily("forewarn_device_clock_boost_max_hertz", SignalKind.Gauge, SignalUnit.Hertz,
            "Highest clock that the card boosts to by itself for its buyer.");
        var fault = new MetricFamily("forewarn_device_clock_monitor_fault", SignalKind.State, SignalUnit.None,
            "1 when the card's own watch over its clocks saw one out of its range.");
        var active = new MetricFamily("forewarn_device_clock_event_active", SignalKind.State, SignalUnit.None,
            "1 while this reason holds the clocks below what they could be.");
        var throttled = new MetricFamily("forewarn_device_throttled_seconds_total", SignalKind.Counter, SignalUnit.Seconds,
            "Time for which a reason held the clocks down, since the driver was loaded; reasons overlap.");
        var state = new MetricFamily("forewarn_device_performance_state", SignalKind.State, SignalUnit.None,
            "Performance state: 0 is the fastest, 15 the slowest.");
        return
        [
            Row(SignalId.ClockGraphics, clock, SampleGroup.Fast, "domain", "graphics"),
            Row(SignalId.ClockSm, clock, SampleGroup.Fast, "domain", "sm"),
            Row(SignalId.ClockMemory, clock, SampleGroup.Fast, "domain", "memory"),
            Row(SignalId.ClockVideo, clock, SampleGroup.Fast, "domain", "video"),
            Row(SignalId.ClockMaxGraphics, max, SampleGroup.Slow, "domain", "graphics"),
            Row(SignalId.ClockMaxSm, max, SampleGroup.Slow, "domain", "sm"),
            Row(SignalId.ClockMaxMemory, max, SampleGroup.Slow, "domain", "memory"),
            Row(SignalId.ClockMaxVideo, max, SampleGroup.Slow, "domain", "video"),
            Row(SignalId.ClockApplicationGraphics, application, SampleGroup.Slow, "domain", "graphics"),
            Row(SignalId.ClockApplicationMemory, application, SampleGroup.Slow, "domain", "memory"),
            Row(SignalId.ClockBoostGraphics, boost, SampleGroup.Slow, "domain", "graphics"),
            Row(SignalId.ClockBoostMemory, boost, SampleGroup.Slow, "domain", "memory"),
            Row(SignalId.ClockMonitorFault, fault, SampleGroup.Slow),
            Row(SignalId.ClockEventIdle, active, SampleGroup.Fast, "reason", "idle"),
            Row(SignalId.ClockEventApplicationClocks, active, SampleGroup.Fast, "reason", "application_clocks"),
            Row(SignalId.ClockEventSoftwarePowerCap, active, SampleGroup.Fast, "reason", "software_power_cap"),
            Row(SignalId.ClockEventHardwareSlowdown, active, SampleGroup.Fast, "reason", "hardware_slowdown"),
            Row(SignalId.ClockEventSyncBoost, active, SampleGroup.Fast, "reason", "sync_boost"),
            Row(SignalId.ClockEventSoftwareThermal, active, SampleGroup.Fast, "reason", "software_thermal"),
            Row(SignalId.ClockEventHardwareThermal, active, SampleGroup.Fast, "reason", "hardware_thermal"),
            Row(SignalId.ClockEventHardwarePowerBrake, active, SampleGroup.Fast, "reason", "hardware_power_brake"),
            Row(SignalId.ClockEventDisplay, active, SampleGroup.Fast, "reason", "display"),
            Throttled(SignalId.ThrottledPower, "power"),
            Throttled(SignalId.ThrottledThermal, "thermal"),
            Throttled(SignalId.ThrottledSyncBoost, "sync_boost"),
            Throttled(SignalId.ThrottledBoardLimit, "board_limit"),
            Throttled(SignalId.ThrottledLowUtilization, "low_utilization"),
            Throttled(SignalId.ThrottledReliability, "reliability"),
            Throttled(SignalId.ThrottledSoftwareThermal, "software_thermal"),
            Throttled(SignalId.ThrottledHardwareThermal, "hardware_thermal"),
            Throttled(SignalId.ThrottledHardwarePowerBrake, "hardware_power_brake"),
            Throttled(SignalId.ThrottledApplicationClocks, "application_clocks"),
            Throttled(SignalId.ThrottledBaseClocks, "base_clocks"),
            Row(SignalId.PerformanceState, state, SampleGroup.Fast),
        ];

        Signal Throttled(SignalId id, string reason) => Row(id, throttled, SampleGroup.Fast, "reason", reason) with { IsFirm = true };
    }

    private static Signal[] Utilization()
    {
        var utilization = new MetricFamily("forewarn_device_utilization_ratio", SignalKind.Gauge, SignalUnit.Ratio,
            "Share of the last sampling window in which an engine was busy; memory is the memory controller.");
        var stall = new MetricFamily("forewarn_device_matrix_stall_ratio", SignalKind.Gauge, SignalUnit.Ratio,
            "Share of time in which the matrix units waited (MMA stall), as the card tells it.");
        return
        [
            Row(SignalId.UtilizationGpu, utilization, SampleGroup.Fast, "engine", "gpu"),
            Row(SignalId.UtilizationMemory, utilization, SampleGroup.Fast, "engine", "memory"),
            Row(SignalId.UtilizationEncoder, utilization, SampleGroup.Fast, "engine", "encoder"),
            Row(SignalId.UtilizationDecoder, utilization, SampleGroup.Fast, "engine", "decoder"),
            Row(SignalId.UtilizationJpeg, utilization, SampleGroup.Fast, "engine", "jpeg"),
            Row(SignalId.UtilizationOpticalFlow, utilization, SampleGroup.Fast, "engine", "optical_flow"),
            Row(SignalId.MatrixStall, stall, SampleGroup.Slow),
        ];
    }

    private static Signal[] Profiling()
    {
        var busy = new MetricFamily("forewarn_device_profile_ratio", SignalKind.Gauge, SignalUnit.Ratio,
            "Share of the cycles since the last sample in which a part of the chip worked; measured where profiling is switched on.");
        var rate = new MetricFamily("forewarn_device_profile_bytes_per_second", SignalKind.Gauge, SignalUnit.None,
            "Bytes a second since the last sample over PCIe and over all links; measured where profiling is switched on.");
        return
        [
            Busy(SignalId.ProfileGraphics, "graphics"),
            Busy(SignalId.ProfileSm, "sm"),
            Busy(SignalId.ProfileSmOccupancy, "sm_occupancy"),
            Busy(SignalId.ProfileInteger, "integer"),
            Busy(SignalId.ProfileTensor, "tensor"),
            Busy(SignalId.ProfileTensorDouble, "tensor_fp64"),
            Busy(SignalId.ProfileTensorHalf, "tensor_fp16"),
            Busy(SignalId.ProfileTensorInteger, "tensor_integer"),
            Busy(SignalId.ProfileMemoryBandwidth, "memory_bandwidth"),
            Busy(SignalId.ProfileFloat64, "fp64"),
            Busy(SignalId.ProfileFloat32, "fp32"),
            Busy(SignalId.ProfileFloat16, "fp16"),
            Row(SignalId.ProfilePcieSent, rate, SampleGroup.Fast, "path", "pcie", "direction", "sent"),
            Row(SignalId.ProfilePcieReceived, rate, SampleGroup.Fast, "path", "pcie", "direction", "received"),
            Row(SignalId.ProfileLinkSent, rate, SampleGroup.Fast, "path", "links", "direction", "sent"),
            Row(SignalId.ProfileLinkReceived, rate, SampleGroup.Fast, "path", "links", "direction", "received"),
        ];

        Signal Busy(SignalId id, string part) => Row(id, busy, SampleGroup.Fast, "part", part);
    }
}
