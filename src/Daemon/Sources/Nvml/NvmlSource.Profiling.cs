using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    private const double Mebi = 1 << 20;

    private static readonly (NvmlGpmMetricId Metric, SignalId Signal, bool IsRate)[] ProfileMetrics =
    [
        (NvmlGpmMetricId.GraphicsUtil, SignalId.ProfileGraphics, false),
        (NvmlGpmMetricId.SMUtil, SignalId.ProfileSm, false),
        (NvmlGpmMetricId.SMOccupancy, SignalId.ProfileSmOccupancy, false),
        (NvmlGpmMetricId.IntegerUtil, SignalId.ProfileInteger, false),
        (NvmlGpmMetricId.AnyTensorUtil, SignalId.ProfileTensor, false),
        (NvmlGpmMetricId.DmmaTensorUtil, SignalId.ProfileTensorDouble, false),
        (NvmlGpmMetricId.HmmaTensorUtil, SignalId.ProfileTensorHalf, false),
        (NvmlGpmMetricId.ImmaTensorUtil, SignalId.ProfileTensorInteger, false),
        (NvmlGpmMetricId.DramBwUtil, SignalId.ProfileMemoryBandwidth, false),
        (NvmlGpmMetricId.Fp64Util, SignalId.ProfileFloat64, false),
        (NvmlGpmMetricId.Fp32Util, SignalId.ProfileFloat32, false),
        (NvmlGpmMetricId.Fp16Util, SignalId.ProfileFloat16, false),
        (NvmlGpmMetricId.PcieTxPerSec, SignalId.ProfilePcieSent, true),
        (NvmlGpmMetricId.PcieRxPerSec, SignalId.ProfilePcieReceived, true),
        (NvmlGpmMetricId.NvLinkTotalTxPerSec, SignalId.ProfileLinkSent, true),
        (NvmlGpmMetricId.NvLinkTotalRxPerSec, SignalId.ProfileLinkReceived, true),
    ];

    /// <summary>What is asked for, for who compares it with what there is.</summary>
    internal static IEnumerable<NvmlGpmMetricId> ProfileMetricIds => ProfileMetrics.Select(row => row.Metric);

    /// <summary>Two samples, one sweep apart, give the values; the first sweep of a card has none. A part tells of its GPU instance; bus and links are the card's.</summary>
    private static readonly NvmlReading[] Profiling =
    [
        new(static (source, target, _, into) =>
        {
            var library = source.Library;
            var code = target.Profile.Next(library, target, out var before, out var now);
            if (code != NvmlReturn.Success) return code;
            var metrics = source._metrics.AsSpan();
            for (var i = 0; i < metrics.Length; i++) metrics[i] = new NvmlGpmMetric { MetricId = ProfileMetrics[i].Metric, Result = NvmlReturn.Unknown };
            code = library.GpmMetricsGet(before, now, metrics);
            if (code != NvmlReturn.Success) return code;
            for (var i = 0; i < metrics.Length; i++)
            {
                var (_, signal, isRate) = ProfileMetrics[i];
                if (metrics[i].Result != NvmlReturn.Success) into.None(signal, NvmlNoData.From(metrics[i].Result));
                else into.Value(signal, isRate ? metrics[i].Value * Mebi : metrics[i].Value / Percent);
            }

            return code;
        }, [.. ProfileMetrics.Select(row => row.Signal)]) { OfParts = true },
    ];

    private readonly NvmlGpmMetric[] _metrics = new NvmlGpmMetric[ProfileMetrics.Length];
}
