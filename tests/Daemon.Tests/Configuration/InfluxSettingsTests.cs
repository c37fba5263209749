using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Tests.Configuration;

public class InfluxSettingsTests
{
    [Fact]
    public void Nothing_is_sent_unless_it_is_switched_on()
    {
        using var configuration = ConfigurationCase.Of("[Agent]\nStateDir=/srv/state\n");
        var influx = configuration.Options().Influx;
        Assert.Equal((false, InfluxApi.V1, "forewarn"), (influx.Enabled, influx.Api, influx.Database));
        Assert.Equal(("/srv/state/influx-spool", 256L << 20), (influx.SpoolDir, influx.SpoolMax));
        Assert.Equal((TimeSpan.FromSeconds(10), 5000), (influx.Interval, influx.BatchPoints));
    }

    [Fact]
    public void All_of_it_can_be_set()
    {
        using var configuration = ConfigurationCase.Of("""
            [Influx]
            Enabled=yes
            Url=https://influx.example:8086/below/
            Api=v2
            Org=site
            Bucket=gpu
            TokenFile=/run/credentials/forewarn.service/influx-token
            CaFile=/etc/ssl/site.pem
            SpoolMax=2G
            SpoolDir=/var/spool/forewarn
            """);
        var influx = configuration.Options().Influx;
        Assert.Equal(("https://influx.example:8086/below/", InfluxApi.V2, 2L << 30), (influx.Url.ToString(), influx.Api, influx.SpoolMax));
        Assert.Equal(("site", "gpu", "/var/spool/forewarn"), (influx.Org, influx.Bucket, influx.SpoolDir));
    }

    [Fact]
    public void What_contradicts_itself_is_named()
    {
        using var configuration = ConfigurationCase.Of("""
            [Influx]
            Api=v3
            User=me
            Token=abc
            TokenFile=/x
            ClientKey=/k
            CaFile=/c
            """);
        Assert.Equal(
            [
                "forewarn.conf:5: [Influx] TokenFile=/x: Token is set too: one of them",
                "forewarn.conf:6: [Influx] ClientKey=/k: is of no use without ClientCert",
                "forewarn.conf:3: [Influx] User=me: a token is set too: one of them",
                "forewarn.conf:3: [Influx] User=me: is for Api=v1 alone; v2 and v3 take a token",
                "forewarn.conf:7: [Influx] CaFile=/c: is of no use unless Url begins with https",
            ],
            configuration.Errors());
    }

    [Theory]
    [InlineData("Url=influx:8086")]
    [InlineData("Url=ftp://influx")]
    [InlineData("Url=http://me:secret@influx:8086")]
    [InlineData("Url=http://influx:8086/write?db=x")]
    [InlineData("Api=v4")]
    [InlineData("Database=")]
    [InlineData("TokenFile=token")]
    [InlineData("BatchPoints=0")]
    [InlineData("Interval=10ms")]
    [InlineData("SpoolMax=2T")]
    [InlineData("SpoolMax=1025G")]
    [InlineData("SpoolMax=99999999999999999999")]
    [InlineData("SpoolMax=-1")]
    public void What_cannot_be_is_refused(string line)
    {
        using var configuration = ConfigurationCase.Of($"[Influx]\n{line}\n");
        Assert.StartsWith($"forewarn.conf:2: [Influx] {line}: must be ", Assert.Single(configuration.Errors()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("512", 512, "512")]
    [InlineData("1024", 1024, "1K")]
    [InlineData("64K", 65536, "64K")]
    [InlineData("256M", 256 << 20, "256M")]
    [InlineData("1024G", 1L << 40, "1024G")]
    public void A_size_is_read_and_written(string text, long bytes, string written)
    {
        Assert.True(SettingTypes.Bytes.TryParse(text, out var value));
        Assert.Equal((bytes, written), (value, SettingTypes.Bytes.Format(value)));
    }

    [Fact]
    public void A_secret_is_never_shown()
    {
        using var configuration = ConfigurationCase.Of("[Influx]\nToken=hunter2\nApi=v2\n").DropIn("a.conf", "[Influx]\nPassword=hunter2\nPassword=hunter2\n");
        Assert.Equal(["forewarn.conf.d/a.conf:3: [Influx] Password=***: is set twice in this file, first on line 2"], configuration.Errors());

        var values = configuration.Load().Values;
        var shown = ConfigurationText.Effective(ConfigurationCase.Catalog, values)
            + string.Concat(ConfigReports.Show(ConfigurationCase.Catalog, values).Settings);
        Assert.DoesNotContain("hunter2", shown, StringComparison.Ordinal);
        Assert.Contains("\nToken=***\n", shown, StringComparison.Ordinal);
        Assert.Equal("hunter2", values.Get(InfluxSettings.Token));
    }
}
