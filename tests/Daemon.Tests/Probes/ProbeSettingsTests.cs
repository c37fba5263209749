using Forewarn.Daemon.Probes;

namespace Forewarn.Daemon.Tests.Probes;

public class ProbeSettingsTests
{
    private static readonly ProbeSettings Settings = new()
    {
        Source = "nvml",
        Generation = 4_000_000_000,
        Slots = "/run/a b=c/nvml.slots",
        Library = "/opt/lib=x/libnvidia-ml.so.1",
        Root = "/srv/root",
        Fast = TimeSpan.FromMilliseconds(50),
        Slow = TimeSpan.FromHours(1),
        Inventory = TimeSpan.FromDays(1),
        FastDeadline = TimeSpan.FromMilliseconds(1500.5),
        SlowDeadline = TimeSpan.FromSeconds(10),
        StartDeadline = TimeSpan.FromSeconds(20),
    };

    [Fact]
    public void The_words_carry_every_setting()
    {
        Same(Settings);
        Same(Settings with { Only = "0000:5d:00.0" });
        Same(Settings with { Except = ["0000:18:00.0", "0000:5d:00.0"] });
    }

    [Fact]
    public void The_words_can_be_read_in_ps()
        => Assert.Equal(
            ["probe", "nvml", "generation=1", "slots=s", "library=l", "root=/", "fast=1000", "slow=60000", "inventory=600000", "processes=10000", "fast-deadline=1000",
                "slow-deadline=10000", "start-deadline=20000", "only=0000:18:00.0"],
            new ProbeSettings { Source = "nvml", Generation = 1, Slots = "s", Library = "l", Only = "0000:18:00.0" }.ToArguments());

    [Fact]
    public void Words_of_anybody_else_are_refused()
    {
        string[] good = [.. Settings.ToArguments()];
        Assert.NotNull(ProbeSettings.Parse(good));
        Assert.Null(ProbeSettings.Parse([]));
        Assert.Null(ProbeSettings.Parse(["probe", "nvml"]));
        Assert.Null(ProbeSettings.Parse([.. good, "--verbose"]));
        Assert.Null(ProbeSettings.Parse([.. good, "fsat=100"]));
        Assert.All(good[2..], word => Assert.Null(ProbeSettings.Parse([.. good.Except([word])])));
        foreach (var nonsense in (string[])["NaN", "-1", "0", "1e300", "soon", ""])
            Assert.Null(ProbeSettings.Parse([.. good.Where(word => !word.StartsWith("fast=", StringComparison.Ordinal)), $"fast={nonsense}"]));
    }

    [Fact]
    public void A_probe_touches_its_one_device_or_all_but_the_excepted()
    {
        Assert.True(Settings.Touches("0000:18:00.0"));
        Assert.False((Settings with { Except = ["0000:18:00.0"] }).Touches("0000:18:00.0"));
        Assert.True((Settings with { Only = "0000:18:00.0" }).Touches("0000:18:00.0"));
        Assert.False((Settings with { Only = "0000:18:00.0" }).Touches("0000:5d:00.0"));
    }

    private static void Same(ProbeSettings settings)
    {
        var parsed = ProbeSettings.Parse([.. settings.ToArguments()]);
        Assert.NotNull(parsed);
        Assert.Equal(settings.Except, parsed.Except);
        Assert.Equal(settings with { Except = parsed.Except }, parsed);
    }
}
