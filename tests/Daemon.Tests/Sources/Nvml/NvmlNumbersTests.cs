using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

public class NvmlNumbersTests
{
    [Theory]
    [InlineData(0x10F, 1e-15)] // mantissa 1, exponent 15
    [InlineData(0x508, 5e-8)]
    [InlineData(0xFFF, 0)]     // nvml.h: no errors seen
    [InlineData(0x00C, 0)]
    public void A_bit_error_code_is_a_ratio(ulong code, double ratio) => Assert.Equal(ratio, NvmlNumbers.BitErrorRatio(code), 1e-20);

    [Fact]
    public void A_link_generation_that_has_no_name_is_no_number()
    {
        Assert.Equal(5, NvmlNumbers.LinkGeneration(NvmlNvLinkVersion.V5));
        Assert.True(double.IsNaN(NvmlNumbers.LinkGeneration(NvmlNvLinkVersion.Invalid)));
    }
}
