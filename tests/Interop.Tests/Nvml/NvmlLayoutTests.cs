using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>
/// Sizes and offsets as literals, read from nvml.h 13.3 for LP64. They are not computed from anything of ours: two sides made from
/// one source agree on the same mistake.
/// </summary>
public sealed class NvmlLayoutTests
{
    public static TheoryData<Type, int, string> Structs => new()
    {
        { typeof(NvmlPciInfo), 68, "0 BusIdLegacy, 16 Domain, 20 Bus, 24 Device, 28 PciDeviceId, 32 PciSubSystemId, 36 BusId" },
        { typeof(NvmlUtilization), 8, "0 Gpu, 4 Memory" },
        { typeof(NvmlMemory), 24, "0 Total, 8 Free, 16 Used" },
        { typeof(NvmlMemoryV2), 40, "0 Version, 8 Total, 16 Reserved, 24 Free, 32 Used" },
        { typeof(NvmlBAR1Memory), 24, "0 Bar1Total, 8 Bar1Free, 16 Bar1Used" },
        { typeof(NvmlTemperature), 12, "0 Version, 4 SensorType, 8 Temperature" },
        { typeof(NvmlViolationTime), 16, "0 ReferenceTime, 8 ViolationTime" },
        {
            typeof(NvmlEccSramErrorStatus), 104,
            "0 Version, 8 AggregateUncParity, 16 AggregateUncSecDed, 24 AggregateCor, 32 VolatileUncParity, 40 VolatileUncSecDed, "
            + "48 VolatileCor, 56 AggregateUncBucketL2, 64 AggregateUncBucketSm, 72 AggregateUncBucketPcie, 80 AggregateUncBucketMcu, "
            + "88 AggregateUncBucketOther, 96 ThresholdExceeded"
        },
        { typeof(NvmlRowRemapperHistogramValues), 20, "0 Max, 4 High, 8 Partial, 12 Low, 16 None" },
        { typeof(NvmlFieldValue), 40, "0 FieldId, 4 ScopeId, 8 Timestamp, 16 LatencyUsec, 24 ValueType, 28 Result, 32 Value" },
        { typeof(NvmlValue), 8, "0 DVal, 0 SiVal, 0 UiVal, 0 UlVal, 0 UllVal, 0 SllVal, 0 UsVal" },
        { typeof(NvmlEventData), 32, "0 Device, 8 EventType, 16 EventData, 24 GpuInstanceId, 28 ComputeInstanceId" },
        { typeof(NvmlGpuFabricInfoV2), 36, "0 Version, 4 ClusterUuid, 20 Status, 24 CliqueId, 28 State, 32 HealthMask" },
        { typeof(NvmlGpuFabricInfoV3), 40, "0 Version, 4 ClusterUuid, 20 Status, 24 CliqueId, 28 State, 32 HealthMask, 36 HealthSummary" },
    };

    [Theory]
    [MemberData(nameof(Structs))]
    public void A_struct_lies_as_in_the_header(Type type, int size, string fields)
    {
        Assert.Equal(size, Marshal.SizeOf(type));
        Assert.Equal(size, SizeOf(type));
        Assert.Equal(
            fields,
            string.Join(", ", FieldsOf(type).Select(field => $"{Marshal.OffsetOf(type, field.Name)} {field.Name}")));
    }

    [Fact]
    public void No_struct_is_left_out()
    {
        IEnumerable<Type> filledByTheLibrary = typeof(NvmlLibrary).Assembly.GetExportedTypes().Where(type =>
            type is { IsValueType: true, IsEnum: false } && type.Namespace == typeof(NvmlLibrary).Namespace
            && type.GetCustomAttribute<InlineArrayAttribute>() is null && FieldsOf(type).Length > 0);

        Assert.Equal(
            filledByTheLibrary.Select(type => type.Name).Order(),
            Structs.Select(row => ((Type)row[0]).Name).Order());
    }

    [Fact]
    public void Handles_are_pointers()
    {
        Assert.Equal(8, SizeOf(typeof(NvmlDevice)));
        Assert.Equal(8, SizeOf(typeof(NvmlEventSet)));
    }

    [Fact]
    public void Version_tags_are_those_of_the_header()
    {
        Assert.Equal(0x02000028u, NvmlVersion.Of<NvmlMemoryV2>(2));
        Assert.Equal(0x0100000Cu, NvmlVersion.Of<NvmlTemperature>(1));
        Assert.Equal(0x01000068u, NvmlVersion.Of<NvmlEccSramErrorStatus>(1));
        Assert.Equal(0x02000024u, NvmlVersion.Of<NvmlGpuFabricInfoV2>(2));
        Assert.Equal(0x03000028u, NvmlVersion.Of<NvmlGpuFabricInfoV3>(3));
    }

    [Fact]
    public void Buffers_end_at_the_first_NUL()
    {
        var buffer = default(AsciiBuffer16);
        Assert.True(buffer.Text.IsEmpty);

        "0000:18:00.0"u8.CopyTo(buffer);
        Assert.Equal("0000:18:00.0"u8, buffer.Text);

        "sixteen letters!"u8.CopyTo(buffer);
        Assert.Equal("sixteen letters!"u8, buffer.Text);

        Assert.Equal(16, SizeOf(typeof(AsciiBuffer16)));
        Assert.Equal(32, SizeOf(typeof(AsciiBuffer32)));
        Assert.Equal(16, SizeOf(typeof(UuidBytes)));
    }

    private static FieldInfo[] FieldsOf(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Instance);

    private static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
