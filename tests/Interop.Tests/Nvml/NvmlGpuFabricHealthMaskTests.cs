using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

public sealed class NvmlGpuFabricHealthMaskTests
{
    [Fact]
    public void An_empty_mask_tells_nothing()
    {
        Assert.Equal((null, null, null, null, null), Flags(0));
        Assert.Equal(NvmlGpuFabricConfiguration.NotSupported, NvmlGpuFabricHealthMask.Configuration(0));
    }

    // nvml.h: DEGRADED_BW at bit 0, ROUTE_RECOVERY 2, ROUTE_UNHEALTHY 4, ACCESS_TIMEOUT_RECOVERY 6, PARTITION_ASSIGNED 12.
    [Theory]
    [InlineData(0x21AAu, false, false, false, false, false, NvmlGpuFabricConfiguration.None)]
    [InlineData(0x11A9u, true, false, false, false, true, NvmlGpuFabricConfiguration.None)]
    [InlineData(0x15A6u, false, true, false, false, true, NvmlGpuFabricConfiguration.InsufficientNvLinks)]
    [InlineData(0x189Au, false, false, true, false, true, NvmlGpuFabricConfiguration.GpuStateInvalid)]
    [InlineData(0x246Au, false, false, false, true, false, NvmlGpuFabricConfiguration.NoPartition)]
    public void A_mask_is_taken_apart(
        uint mask, bool degraded, bool recovery, bool unhealthy, bool timeout, bool partition, NvmlGpuFabricConfiguration configuration)
    {
        Assert.Equal((degraded, recovery, unhealthy, timeout, partition), Flags(mask));
        Assert.Equal(configuration, NvmlGpuFabricHealthMask.Configuration(mask));
    }

    private static (bool?, bool?, bool?, bool?, bool?) Flags(uint mask) =>
        (NvmlGpuFabricHealthMask.DegradedBandwidth(mask), NvmlGpuFabricHealthMask.RouteRecovery(mask),
            NvmlGpuFabricHealthMask.RouteUnhealthy(mask), NvmlGpuFabricHealthMask.AccessTimeoutRecovery(mask),
            NvmlGpuFabricHealthMask.PartitionAssigned(mask));
}
