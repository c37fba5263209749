using System.Net;
using Forewarn.Daemon.Configuration;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Tests.Configuration;

public class ConfigurationLoaderTests
{
    [Fact]
    public void Without_any_file_every_setting_has_its_default()
    {
        using var configuration = new ConfigurationCase();
        var options = configuration.Options();

        Assert.Equal(Environment.MachineName, options.Agent.NodeName);
        Assert.Equal([new ListenAddress(null, 9797)], options.Agent.Listen);
        Assert.Equal("/run/forewarn/forewarn.sock", options.Agent.Socket);
        Assert.Equal("/var/lib/forewarn", options.Agent.StateDir);
        Assert.Equal("/run/forewarn", options.Agent.RuntimeDir);
        Assert.Equal("/", options.Agent.Root);
        Assert.Equal(LogLevel.Information, options.Agent.LogLevel);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Sampling.Fast);
        Assert.Equal(TimeSpan.FromSeconds(60), options.Sampling.Slow);
        Assert.Equal(TimeSpan.FromMinutes(10), options.Sampling.Inventory);
        Assert.True(options.Prometheus.Enabled && options.Prometheus.LinkSeries);
        var source = options.Sources["beta"];
        Assert.True(source.Enabled);
        Assert.Equal("libbeta.so.2", source.Library);
        Assert.Equal(TimeSpan.FromSeconds(1), source.Deadline);
        Assert.Equal(TimeSpan.FromSeconds(10), source.SlowDeadline);
        Assert.Equal(TimeSpan.FromSeconds(60), source.StartDeadline);
        Assert.Null(source.Expected);
    }

    [Fact]
    public void A_file_sets_what_it_names_and_nothing_else()
    {
        using var configuration = ConfigurationCase.Of("""
            [Agent]
            NodeName=gpu-17.rack3
            Listen=127.0.0.1:9100, [::1]:9200 *:9300
            LogLevel=Debug
            [Source.alpha]
            Enabled=off
            Expected=8
            Deadline=250ms
            """);
        var options = configuration.Options();

        Assert.Equal("gpu-17.rack3", options.Agent.NodeName);
        Assert.Equal([new(IPAddress.Loopback, 9100), new(IPAddress.IPv6Loopback, 9200), new(null, 9300)], options.Agent.Listen);
        Assert.Equal(LogLevel.Debug, options.Agent.LogLevel);
        Assert.False(options.Sources["alpha"].Enabled);
        Assert.Equal(8, options.Sources["alpha"].Expected);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.Sources["alpha"].Deadline);
        Assert.True(options.Sources["beta"].Enabled);
    }

    [Fact]
    public void Drop_ins_win_in_the_order_of_their_names_and_the_command_line_wins_over_all()
    {
        using var configuration = ConfigurationCase.Of("[Sampling]\nFast=2s\nSlow=20s\nInventory=1h\n")
            .DropIn("20-b.conf", "[Sampling]\nFast=4s\nSlow=40s\n")
            .DropIn("10-a.conf", "[Sampling]\nFast=3s\n")
            .DropIn(".30-c.conf", "[Sampling]\nFast=9s\n")
            .DropIn("40-d.conf.dpkg-old", "[Sampling]\nFast=9s\n")
            .Set("Sampling.Slow=50s");
        var result = configuration.Load();
        var sampling = result.Options!.Sampling;

        Assert.Equal([4, 50, 3600], new[] { sampling.Fast, sampling.Slow, sampling.Inventory }.Select(period => period.TotalSeconds));
        Assert.EndsWith("20-b.conf:2", result.Values.Origin(SettingCatalog.Fast).ToString(), StringComparison.Ordinal);
        Assert.Equal("--set", result.Values.Origin(SettingCatalog.Slow).ToString());
        Assert.Equal("default", result.Values.Origin(SettingCatalog.Listen).ToString());
        Assert.Equal(["forewarn.conf", "10-a.conf", "20-b.conf"], result.Files.Select(Path.GetFileName));
    }

    [Fact]
    public void The_last_dot_of_a_set_ends_the_section()
    {
        using var configuration = new ConfigurationCase()
            .Set("Source.alpha.Library=/opt/x.y/lib=1.so").Set("Agent.NodeName=first").Set("Agent.NodeName=second");
        var options = configuration.Options();

        Assert.Equal("/opt/x.y/lib=1.so", options.Sources["alpha"].Library);
        Assert.Equal("second", options.Agent.NodeName);
    }

    [Fact]
    public void Only_the_named_file_has_to_exist()
    {
        using var configuration = new ConfigurationCase { Required = true };
        Assert.Equal(["forewarn.conf: no such file"], configuration.Errors());
    }

    [Fact]
    public void A_folder_in_place_of_the_file_is_an_error_though_its_absence_is_none()
    {
        using var configuration = new ConfigurationCase();
        Directory.CreateDirectory(configuration.File);
        Assert.Equal(["forewarn.conf: cannot be read: permission denied, or not a file"], configuration.Errors());
    }
}
