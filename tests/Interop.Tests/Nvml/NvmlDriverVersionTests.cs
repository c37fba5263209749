using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

public sealed class NvmlDriverVersionTests
{
    [Theory]
    [InlineData("550.163.01", 550, 163, 1)]
    [InlineData("470.42.01", 470, 42, 1)]
    [InlineData("580.82.07", 580, 82, 7)]
    [InlineData("450.66", 450, 66, 0)]
    public void A_version_is_read_and_written_back(string text, int major, int minor, int patch)
    {
        Assert.True(NvmlDriverVersion.TryParse(text, out NvmlDriverVersion version));
        Assert.Equal(new(major, minor, patch), version);
        Assert.Equal(text, version.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("550")]
    [InlineData("550.")]
    [InlineData("550.163.")]
    [InlineData("550.163.01.2")]
    [InlineData("550.163.01 ")]
    [InlineData("-550.163")]
    [InlineData("550.+1")]
    [InlineData("r550")]
    [InlineData("99999999999.1")]
    [InlineData(null)]
    public void Anything_else_is_no_version(string? text) => Assert.False(NvmlDriverVersion.TryParse(text, out _));

    [Fact]
    public void Versions_are_ordered_by_number_and_not_by_text()
    {
        NvmlDriverVersion[] ordered = [new(470, 42, 1), new(535, 54), new(535, 104, 5), new(550, 54, 15), new(550, 163, 1), new(1000, 1)];

        Assert.Equal(ordered, ordered.Reverse().Order());
        Assert.True(ordered[0] < ordered[1] && ordered[1] <= ordered[2] && ordered[4] > ordered[3] && ordered[4] >= ordered[3]);
    }
}
