using System.Collections.Immutable;

namespace Forewarn.Predict.Rules;

/// <summary>Every rule there is, by name.</summary>
public static class RuleList
{
    /// <summary>A line each; the name is the key of the configuration, the label of the metric and the file of the runbook.</summary>
    public static ImmutableArray<IHealthRule> All { get; } =
    [
        new BusErrors(RuleScope.Device),
        new CallLatency(),
        new ClockJump(),
        new DeviceCount(),
        new DeviceLost(),
        new DeviceStalled(),
        new DriverStalled(),
        new DriverTrouble(RuleScope.Device),
        new ErrorRateSiblings(),
        new FabricIncomplete(),
        new FabricService(),
        new FieldsVanished(),
        new HostMemory(),
        new MemoryExportService(),
        new KernelLogOverrun(),
        new KernelStall(),
        new NetworkTrouble(),
        new BusErrors(RuleScope.Node),
        new DriverTrouble(RuleScope.Node),
        new OutOfMemory(),
        new PeerMemory(),
        new ProbeUnstable(),
        new ProcessStorm(),
        new RowRemapFailed(),
        new SlowCard(),
        new StorageTrouble(),
        new TemperatureSiblings(),
    ];
}
