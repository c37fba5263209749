namespace Forewarn.Interop.Nvml;

// GPU performance monitoring, Hopper on: a metric is what lies between two samples.
public sealed unsafe partial class NvmlLibrary
{
    /// <summary>How many metrics one call can ask for: NVML_GPM_METRIC_MAX of nvml.h 13.3.</summary>
    public const int GpmMaxMetrics = 333;

    // nvml.h: NVML_GPM_SUPPORT_VERSION and NVML_GPM_METRICS_GET_VERSION are plain numbers, without the size.
    private const uint GpmVersion = 1;

    private NvmlGet _gpmQueryDeviceSupport;
    private NvmlGlobalGet _gpmSampleAlloc;
    private NvmlFreeSample _gpmSampleFree;
    private NvmlGetSample _gpmSampleGet;
    private NvmlGetSampleBy _gpmMigSampleGet;
    private NvmlGlobalGet _gpmMetricsGet;
    private NvmlGet _gpmQueryIfStreamingEnabled;

    public NvmlReturn GpmQueryDeviceSupport(NvmlDevice device, out NvmlGpmSupport support)
    {
        support = new() { Version = GpmVersion };
        return Fill(_gpmQueryDeviceSupport, device, ref support);
    }

    /// <summary>Room for one sample.</summary>
    public NvmlReturn GpmSampleAlloc(out NvmlGpmSample sample) => Get(_gpmSampleAlloc, out sample);

    public NvmlReturn GpmSampleFree(NvmlGpmSample sample) => _gpmSampleFree is null ? NvmlReturn.FunctionNotFound : _gpmSampleFree(sample);

    /// <summary>Fills a sample; the next should come 100 ms later at the earliest.</summary>
    public NvmlReturn GpmSampleGet(NvmlDevice device, NvmlGpmSample sample) =>
        _gpmSampleGet is null ? NvmlReturn.FunctionNotFound : _gpmSampleGet(device, sample);

    /// <summary>Fills a sample of one GPU instance.</summary>
    public NvmlReturn GpmMigSampleGet(NvmlDevice device, uint gpuInstanceId, NvmlGpmSample sample) =>
        _gpmMigSampleGet is null ? NvmlReturn.FunctionNotFound : _gpmMigSampleGet(device, gpuInstanceId, sample);

    /// <summary>
    /// The metrics whose MetricId the caller filled, each with its own code in Result. More than <see cref="GpmMaxMetrics"/>:
    /// InvalidArgument without a call.
    /// </summary>
    public NvmlReturn GpmMetricsGet(NvmlGpmSample first, NvmlGpmSample second, Span<NvmlGpmMetric> metrics)
    {
        if (_gpmMetricsGet is null) return NvmlReturn.FunctionNotFound;
        if (metrics.Length > GpmMaxMetrics) return NvmlReturn.InvalidArgument;
        NvmlGpmMetricsGet get = new() { Version = GpmVersion, NumMetrics = (uint)metrics.Length, Sample1 = first, Sample2 = second };
        metrics.CopyTo(get.Metrics);
        NvmlReturn code = _gpmMetricsGet(&get);
        ((ReadOnlySpan<NvmlGpmMetric>)get.Metrics)[..metrics.Length].CopyTo(metrics);
        return code;
    }

    /// <summary>1 while the driver streams samples by itself.</summary>
    public NvmlReturn GpmQueryIfStreamingEnabled(NvmlDevice device, out uint state) => Get(_gpmQueryIfStreamingEnabled, device, out state);

    private void BindGpm(NativeLibraryHandle library)
    {
        _gpmQueryDeviceSupport = (NvmlGet)library.LightUp("nvmlGpmQueryDeviceSupport");
        _gpmSampleAlloc = (NvmlGlobalGet)library.LightUp("nvmlGpmSampleAlloc");
        _gpmSampleFree = (NvmlFreeSample)library.LightUp("nvmlGpmSampleFree");
        _gpmSampleGet = (NvmlGetSample)library.LightUp("nvmlGpmSampleGet");
        _gpmMigSampleGet = (NvmlGetSampleBy)library.LightUp("nvmlGpmMigSampleGet");
        _gpmMetricsGet = (NvmlGlobalGet)library.LightUp("nvmlGpmMetricsGet");
        _gpmQueryIfStreamingEnabled = (NvmlGet)library.LightUp("nvmlGpmQueryIfStreamingEnabled");
    }
}
