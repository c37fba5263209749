using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Tests.Configuration;

public class SettingTypesTests
{
    [Theory]
    [InlineData("250ms", 0.25)]
    [InlineData("1s", 1)]
    [InlineData("10m", 600)]
    [InlineData("2h", 7200)]
    [InlineData("1d", 86400)]
    [InlineData("0s", 0)]
    public void A_duration_is_a_whole_number_and_a_unit(string text, double seconds)
    {
        Assert.True(DurationText.TryParse(text, out var value));
        Assert.Equal(seconds, value.TotalSeconds);
        Assert.Equal(text, DurationText.Format(value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("s")]
    [InlineData("1 s")]
    [InlineData("-1s")]
    [InlineData("1.5s")]
    [InlineData("1S")]
    [InlineData("1min")]
    [InlineData("99999999999d")]
    [InlineData("99999999999999999999s")]
    public void Anything_else_is_no_duration(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("yes", true)]
    [InlineData("TRUE", true)]
    [InlineData("on", true)]
    [InlineData("1", true)]
    [InlineData("No", false)]
    [InlineData("false", false)]
    [InlineData("off", false)]
    [InlineData("0", false)]
    public void Booleans_are_those_of_systemd(string text, bool expected)
    {
        Assert.True(SettingTypes.Boolean.TryParse(text, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("enabled")]
    public void Anything_else_is_no_boolean(string text) => Assert.False(SettingTypes.Boolean.TryParse(text, out _));

    [Theory]
    [InlineData("9797")]
    [InlineData(":9797")]
    [InlineData("*:65536")]
    [InlineData("*:+1")]
    [InlineData("127.1:9797")]
    [InlineData("1:9797")]
    [InlineData("::1:9797")]
    [InlineData("[127.0.0.1]:9797")]
    [InlineData("[::1]")]
    [InlineData("localhost:9797")]
    [InlineData("*:1 nonsense")]
    [InlineData("")]
    public void What_is_no_address_and_port_is_refused(string text) => Assert.False(SettingTypes.Listen.TryParse(text, out _));

    [Theory]
    [InlineData("libx.so.1", true)]
    [InlineData("/opt/libx.so", true)]
    [InlineData("./libx.so", false)]
    [InlineData("lib/libx.so", false)]
    [InlineData("", false)]
    public void A_library_is_a_bare_name_or_a_path_from_the_root(string text, bool good) =>
        Assert.Equal(good, SettingTypes.Library.TryParse(text, out _));

    [Fact]
    public void A_socket_path_must_fit_the_kernels_structure()
    {
        Assert.True(SettingTypes.SocketPath.TryParse("/" + new string('x', 106), out _));
        Assert.False(SettingTypes.SocketPath.TryParse("/" + new string('x', 107), out _));
        Assert.False(SettingTypes.SocketPath.TryParse("/" + new string('ü', 60), out _));
    }
}
