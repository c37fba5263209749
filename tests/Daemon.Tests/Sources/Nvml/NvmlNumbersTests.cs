using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

public class NvmlNumbersTests
{
    [Fact]
    public void A_bit_error_code_is_read_by_its_type()
    {
        // The upper half of the union is whatever lay there before: a driver that says 32 or 16 bits has written no more.
        var (rest, code) = (0xDEAD_BEEF_0000_0000, 0x508u); // mantissa 5, exponent 8
        Assert.Equal(5e-8, NvmlNumbers.BitErrorRatio(Field(NvmlValueType.UnsignedInt, rest | code)), 1e-20);
        Assert.Equal(5e-8, NvmlNumbers.BitErrorRatio(Field(NvmlValueType.UnsignedShort, rest | code)), 1e-20);
        Assert.Equal(5e-8, NvmlNumbers.BitErrorRatio(Field(NvmlValueType.UnsignedLongLong, code)), 1e-20);
        Assert.Equal(0, NvmlNumbers.BitErrorRatio(Field(NvmlValueType.UnsignedInt, 0xFFF))); // nvml.h: no errors seen
    }

    [Theory]
    [InlineData(NvmlValueType.UnsignedLongLong, 0x1508)] // longer than a code
    [InlineData(NvmlValueType.UnsignedLongLong, ulong.MaxValue)]
    [InlineData(NvmlValueType.SignedInt, ulong.MaxValue)] // -1
    [InlineData((NvmlValueType)99, 0x508)]
    public void What_is_no_bit_error_code_is_no_number(NvmlValueType type, ulong bits)
        => Assert.True(double.IsNaN(NvmlNumbers.BitErrorRatio(Field(type, bits))));

    [Fact]
    public void A_link_generation_that_has_no_name_is_no_number()
    {
        Assert.Equal(5, NvmlNumbers.LinkGeneration(NvmlNvLinkVersion.V5));
        Assert.True(double.IsNaN(NvmlNumbers.LinkGeneration(NvmlNvLinkVersion.Invalid)));
    }

    private static NvmlFieldValue Field(NvmlValueType type, ulong bits) => new() { ValueType = type, Value = new() { UllVal = bits } };
}
