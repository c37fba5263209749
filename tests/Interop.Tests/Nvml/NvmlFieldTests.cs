using System.Reflection;
using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>Ids as literals, read from nvml.h 13.3.</summary>
public sealed class NvmlFieldTests
{
    private static readonly string[] Scopes =
    [
        nameof(NvmlField.AllLinks), nameof(NvmlField.PowerOfGpu), nameof(NvmlField.PowerOfModule), nameof(NvmlField.PowerOfGpuBase),
    ];

    // Those that stand for a row of links or bins with the next ids.
    private static readonly (uint First, uint Last)[] Rows =
    [
        (32, 37), (39, 44), (46, 51), (53, 58), (60, 65), (67, 72), (84, 89), (96, 101), (102, 107), (108, 113), (114, 119), (120, 125),
        (126, 131), (132, 137), (148, 159), (235, 250),
    ];

    [Fact]
    public void Field_ids_are_distinct_and_known_to_the_header()
    {
        uint[] ids = FieldIds();

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.InRange(id, 1u, 302u)); // NVML_FI_MAX is 303
        Assert.DoesNotContain(ids, id => id is 199 or 200 or (>= 251 and <= 273)); // these moved: NvmlFieldIds
    }

    [Theory]
    [InlineData(NvmlField.NvLinkBandwidthC0Total, 66)]
    [InlineData(NvmlField.NvLinkBandwidthC1Total, 73)]
    [InlineData(NvmlField.NvLinkBandwidthC0L6, 120)]
    [InlineData(NvmlField.NvLinkBandwidthC1L6, 126)]
    [InlineData(NvmlField.NvLinkThroughputRawRx, 141)]
    [InlineData(NvmlField.NvLinkEccDataErrorCountTotal, 160)]
    [InlineData(NvmlField.C2CLinkPowerState, 234)]
    [InlineData(NvmlField.PcieCountRxBytes, 198)]
    [InlineData(NvmlField.PowerRequestedLimit, 192)]
    [InlineData(NvmlField.NvLinkCountXmitDiscards, 212)]
    [InlineData(NvmlField.NvLinkCountRawBer, 218)]
    [InlineData(NvmlField.NvLinkGetPowerThresholdSupported, 225)]
    [InlineData(NvmlField.DrainAndResetStatus, 227)]
    [InlineData(NvmlField.EdppMultiplier, 274)]
    [InlineData(NvmlField.PowerSmoothingAdminOverridePrimaryFloorActOffset, 288)]
    [InlineData(NvmlField.NvLinkCountRawBerV2, 293)]
    [InlineData(NvmlField.NvLinkGetDataRate, 296)]
    [InlineData(NvmlField.PowerSmoothingSocEnabled, 300)]
    [InlineData(NvmlField.EccDbeVolTotal, 4)]
    [InlineData(NvmlField.EccSbeVolDev, 11)]
    [InlineData(NvmlField.EccDbeVolCbu, 17)]
    [InlineData(NvmlField.EccSbeAggL1, 18)]
    [InlineData(NvmlField.EccDbeAggTex, 27)]
    [InlineData(NvmlField.EccDbeAggCbu, 28)]
    [InlineData(NvmlField.NvLinkCrcFlitErrorCountTotal, 38)]
    [InlineData(NvmlField.NvLinkCrcDataErrorCountTotal, 45)]
    [InlineData(NvmlField.NvLinkReplayErrorCountTotal, 52)]
    [InlineData(NvmlField.NvLinkRecoveryErrorCountTotal, 59)]
    [InlineData(NvmlField.PerfPolicyPower, 74)]
    [InlineData(NvmlField.PerfPolicyTotalBaseClocks, 81)]
    [InlineData(NvmlField.MemoryTemp, 82)]
    [InlineData(NvmlField.NvLinkLinkCount, 91)]
    [InlineData(NvmlField.PcieReplayCounter, 94)]
    [InlineData(NvmlField.RemappedFailure, 145)]
    [InlineData(NvmlField.NvLinkErrorDlCrc, 163)]
    [InlineData(NvmlField.PcieCountCorrectableErrors, 173)]
    [InlineData(NvmlField.PcieCountLaneError, 183)]
    [InlineData(NvmlField.PowerInstant, 186)]
    [InlineData(NvmlField.TemperatureGpuMaxTLimit, 196)]
    [InlineData(NvmlField.NvLinkCountRcvErrors, 208)]
    [InlineData(NvmlField.NvLinkCountSymbolBer, 222)]
    [InlineData(NvmlField.GetGpuRecoveryAction, 230)]
    [InlineData(NvmlField.NvLinkCountFecHistory0, 235)]
    [InlineData(NvmlField.RemappedRowsUncInactive, 302)]
    public void A_field_id_is_that_of_the_header(uint id, uint expected) => Assert.Equal(expected, id);

    private static uint[] FieldIds() =>
    [
        .. typeof(NvmlField).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => !Scopes.Contains(field.Name))
            .Select(field => (uint)field.GetRawConstantValue()!),
    ];

    [Fact]
    public void Every_id_of_the_header_is_there_or_moved()
    {
        IEnumerable<uint> known = FieldIds().SelectMany(id =>
            Rows.Where(row => row.First == id).Select(row => row.Last).DefaultIfEmpty(id).SelectMany(last => Range(id, last)));

        Assert.Equal(
            Range(1, 302).Except(Range(199, 200)).Except(Range(251, 273)),
            known.Order());
    }

    private static IEnumerable<uint> Range(uint first, uint last)
    {
        for (uint id = first; id <= last; id++) yield return id;
    }
}
