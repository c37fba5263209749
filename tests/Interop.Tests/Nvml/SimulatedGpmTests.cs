using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

public sealed class SimulatedGpmTests : IDisposable
{
    private readonly SimulatedNode _node = new("r580");
    private readonly NvmlLibrary _nvml;

    public SimulatedGpmTests()
    {
        _nvml = NvmlLibrary.Load(_node.Library).Library ?? throw new InvalidOperationException("the library does not load");
        Assert.Equal(NvmlReturn.Success, _nvml.Init());
    }

    [Fact]
    public void Two_samples_make_metrics_each_with_a_code_of_its_own()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByIndex(0, out NvmlDevice device));
        Assert.Equal(NvmlReturn.Success, _nvml.GpmQueryDeviceSupport(device, out NvmlGpmSupport support));
        Assert.Equal(1u, support.IsSupportedDevice);
        Assert.Equal(NvmlReturn.Success, _nvml.GpmSampleAlloc(out NvmlGpmSample first));
        Assert.Equal(NvmlReturn.Success, _nvml.GpmSampleAlloc(out NvmlGpmSample second));
        Assert.Equal(NvmlReturn.Success, _nvml.GpmSampleGet(device, first));
        _node.Advance("2m");
        Assert.Equal(NvmlReturn.Success, _nvml.GpmSampleGet(device, second));
        NvmlGpmMetric[] metrics =
        [
            new() { MetricId = NvmlGpmMetricId.SMUtil }, new() { MetricId = NvmlGpmMetricId.NvLinkTotalRxPerSec },
            new() { MetricId = (NvmlGpmMetricId)9999 },
        ];

        Assert.Equal(NvmlReturn.Success, _nvml.GpmMetricsGet(first, second, metrics));

        Assert.Equal((NvmlReturn.Success, NvmlReturn.Success), (metrics[0].Result, metrics[1].Result));
        Assert.NotEqual(NvmlReturn.Success, metrics[2].Result);
        Assert.InRange(metrics[0].Value, 1, 100); // the job that runs at time 0 takes all cards
        Assert.True(metrics[1].Value > 0);
        Assert.Equal((NvmlReturn.Success, NvmlReturn.Success), (_nvml.GpmSampleFree(first), _nvml.GpmSampleFree(second)));
    }

    public void Dispose()
    {
        _ = _nvml.Shutdown();
        _nvml.Dispose();
        _node.Dispose();
    }
}
