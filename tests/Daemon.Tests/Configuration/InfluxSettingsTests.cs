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
    [InlineData("Api=v2", "forewarn.conf", "Org=: Api=v2 needs it")]
    [InlineData("Api=v3\nDatabase=_gpu", "forewarn.conf:3", "Database=_gpu: InfluxDB 3 takes")]
    [InlineData("Api=v3\nDatabase=g pu", "forewarn.conf:3", "Database=g pu: InfluxDB 3 takes")]
    [InlineData("Api=v3\nDatabase=gpu/", "forewarn.conf:3", "Database=gpu/: InfluxDB 3 takes")]
    [InlineData("SpoolMax=64K", "forewarn.conf:2", "SpoolMax=64K: must be 0 or at least 1M")]
    [InlineData("ClientCert=/c", "forewarn.conf:2", "ClientCert=/c: is of no use unless Url begins with https")]
    public void What_would_not_do_is_said_before_it_is_tried(string lines, string where, string told)
    {
        using var configuration = ConfigurationCase.Of($"[Influx]\n{lines}\n");
        var error = Assert.Single(configuration.Errors());
        Assert.Contains(told, error, StringComparison.Ordinal);
        if (where.Contains(':', StringComparison.Ordinal)) Assert.StartsWith(where, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Api=v3\nDatabase=gpu-1/two_weeks")]
    [InlineData("SpoolMax=0")]
    [InlineData("SpoolMax=1M")]
    public void What_will_do_is_taken(string lines)
    {
        using var configuration = ConfigurationCase.Of($"[Influx]\n{lines}\n");
        Assert.NotNull(configuration.Options());
    }

    [Theory]
    [InlineData("Url=influx:8086")]
    [InlineData("Url=ftp://influx")]
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

    [Theory]
    [InlineData("[Influx]\nPasword=hunter2", "[Influx] Pasword=***: unknown key (did you mean Password?)")]
    [InlineData("[Influx]\ntoken=hunter2", "[Influx] token=***: unknown key (did you mean Token?)")]
    [InlineData("[Influx]\nSecret=hunter2", "[Influx] Secret=***: unknown key")]
    [InlineData("[Agent]\nToken=hunter2", "[Agent] Token=***: unknown key")]
    [InlineData("[Inflx]\nToken=a\nToken=hunter2", "[Inflx] Token=***: is set twice in this file, first on line 2")]
    [InlineData("[Influx]\nUrl=http://me:hunter2@influx", "[Influx] Url=http://***@influx: must be a URL")]
    [InlineData("[Influx]\nUrl=me:hunter2@influx", "[Influx] Url=***@influx: must be a URL")]
    [InlineData("[Influx]\nUrl=http://influx:8086/write?p=hunter2", "[Influx] Url=http://influx:8086/write?***: must be a URL")]
    [InlineData("[Influx]\nToken hunter2", "\"Token …\" is not an assignment: write Key=Value")]
    [InlineData("[Influx]\nToken: hunter2", "\"Token…\" is not an assignment: write Key=Value")]
    [InlineData("[Influx]\n=hunter2", "\"=…\" is not an assignment: write Key=Value")]
    [InlineData("Token=hunter2", "\"Token=…\" stands before the first [Section]")]
    public void A_slip_does_not_show_it_either(string text, string told)
    {
        using var configuration = ConfigurationCase.Of(text);
        var errors = configuration.Errors();
        Assert.Contains(errors, error => error.Contains(told, StringComparison.Ordinal));
        Assert.All(errors, error => Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Influx.Token=hunter2", "--set: [Influx] Token=***: every user of the machine can read a command line")]
    [InlineData("Influx.Password=hunter2", "--set: [Influx] Password=***: every user of the machine can read a command line")]
    [InlineData("Influx.Pasword=hunter2", "--set: [Influx] Pasword=***: unknown key")]
    [InlineData("Token=hunter2", "--set: \"Token=…\" is not an assignment")]
    [InlineData("Influx.Token hunter2", "--set: \"Influx.Token …\" is not an assignment")]
    public void The_command_line_takes_no_secret(string assignment, string told)
    {
        using var configuration = new ConfigurationCase().Set(assignment);
        var error = Assert.Single(configuration.Errors());
        Assert.StartsWith(told, error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_never_shown()
    {
        using var configuration = ConfigurationCase.Of("[Influx]\nToken=hunter2\nApi=v2\nOrg=site\n").DropIn("a.conf", "[Influx]\nPassword=hunter2\nPassword=hunter2\n");
        Assert.Equal(["forewarn.conf.d/a.conf:3: [Influx] Password=***: is set twice in this file, first on line 2"], configuration.Errors());

        var values = configuration.Load().Values;
        var shown = ConfigurationText.Effective(ConfigurationCase.Catalog, values)
            + string.Concat(ConfigReports.Show(ConfigurationCase.Catalog, values).Settings);
        Assert.DoesNotContain("hunter2", shown, StringComparison.Ordinal);
        Assert.Contains("\nToken=***\n", shown, StringComparison.Ordinal);
        Assert.Equal("hunter2", values.Get(InfluxSettings.Token));
    }
}
