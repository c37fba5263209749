using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

public sealed class NvmlBitErrorRateTests
{
    [Theory]
    [InlineData(0x10F, 1e-15)]
    [InlineData(0x508, 5e-8)]
    [InlineData(0xF00, 15.0)]
    [InlineData(0x00C, 0.0)]
    [InlineData(0x0FF, 0.0)]
    [InlineData(0xFFE, 15e-254)]
    public void A_code_is_a_mantissa_and_an_exponent(ulong code, double rate)
    {
        double decoded = Assert.NotNull(NvmlBitErrorRate.Decode(code));

        Assert.InRange(decoded, rate * (1 - 1e-12), rate * (1 + 1e-12));
    }

    [Fact]
    public void Fifteen_and_255_say_that_no_error_was_seen() => Assert.Equal(0.0, NvmlBitErrorRate.Decode(0xFFF));

    [Theory]
    [InlineData(0x1000)]
    [InlineData(ulong.MaxValue)]
    public void Twelve_bits_are_all_there_is(ulong code) => Assert.Null(NvmlBitErrorRate.Decode(code));
}
