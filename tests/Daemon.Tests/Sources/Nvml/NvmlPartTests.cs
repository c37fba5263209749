using Forewarn.Daemon.Probes.Frames;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>Cards that are cut up otherwise while the NVML source watches them.</summary>
public class NvmlPartTests
{
    /// <summary>Of h100-8-mig: MIG is on and nothing is cut.</summary>
    private const int Uncut = 6;

    [Fact(Timeout = 30_000)]
    public async Task A_mode_that_changes_with_nothing_cut_is_noticed_and_the_card_is_asked_anew()
    {
        await using var source = await SourceOnNode.StartAsync("r550", profile: "h100-8-mig");
        source.Discover();
        Assert.Equal(NoDataReason.NotSupported, source.Read(Uncut, SignalId.UtilizationGpu).Absence);
        Assert.False(source.Source.HavePartsChanged(Uncut));

        await source.InjectAsync($"gpu {Uncut} mig off");
        Assert.True(source.Source.HavePartsChanged(Uncut));
        source.Discover();
        Assert.True(source.Read(Uncut, SignalId.UtilizationGpu).HasValue);
        Assert.False(source.Source.HavePartsChanged(Uncut));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_instances_without_a_part_hide_is_read_once_they_are_gone()
    {
        await using var source = await SourceOnNode.StartAsync("r550", profile: "h100-8-mig");
        await source.InjectAsync($"gpu {Uncut} mig create 7g.80gb");
        await source.InjectAsync($"gpu {Uncut} mig destroy 0/0");
        source.Discover();
        Assert.Equal(NoDataReason.NotSupported, source.Read(Uncut, SignalId.RowRemapPending).Absence);

        await source.InjectAsync($"gpu {Uncut} mig destroy 0");
        Assert.False(source.Source.HavePartsChanged(Uncut));
        Assert.True(source.Read(Uncut, SignalId.RowRemapPending).HasValue);
    }

    /// <summary>A time-out of the question about parts says nothing of them: a whole row would take them away.</summary>
    [Theory(Timeout = 30_000)]
    [InlineData("nvmlDeviceGetMigMode")]
    [InlineData("nvmlDeviceGetMaxMigDeviceCount")]
    [InlineData("nvmlDeviceGetMigDeviceHandleByIndex")]
    public async Task A_card_that_does_not_tell_its_parts_in_passing_is_told_in_part(string question)
    {
        await using var source = await SourceOnNode.StartAsync("r550", profile: "h100-8-mig");
        Assert.NotEmpty(PartsOf(4, source.Discover()));
        await source.InjectAsync($"gpu 4 fail {question} with TIMEOUT");
        var rows = source.Discover();
        Assert.Empty(PartsOf(4, rows));
        Assert.True(Assert.Single(rows, row => row.Device.Partition is null && row.Device.Index == 4).IsPartial);
    }

    /// <summary>Before R470 a part is named by its place, so that one made anew there has the name of the one before it.</summary>
    [Fact(Timeout = 30_000)]
    public async Task A_part_that_is_made_anew_at_its_place_is_another()
    {
        await using var source = await SourceOnNode.StartAsync("r450", profile: "a100-8-mig");
        var before = PartsOf(4, source.Discover());
        Assert.False(source.Source.HavePartsChanged(4));

        await source.InjectAsync("gpu 4 mig destroy 0");
        await source.InjectAsync("gpu 4 mig create 7g.40gb");
        Assert.True(source.Source.HavePartsChanged(4));
        Assert.Equal(before, PartsOf(4, source.Discover()));
        Assert.False(source.Source.HavePartsChanged(4));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_part_that_does_not_say_who_it_is_makes_no_change()
    {
        await using var source = await SourceOnNode.StartAsync("r550", profile: "h100-8-mig");
        var parts = PartsOf(4, source.Discover());
        await source.InjectAsync("gpu 4 fail nvmlDeviceGetUUID with UNKNOWN");
        Assert.False(source.Source.HavePartsChanged(4)); // it was known

        Assert.Empty(PartsOf(4, source.Discover()));
        Assert.False(source.Source.HavePartsChanged(4)); // it is left out
        await source.InjectAsync("gpu 4 clear nvmlDeviceGetUUID");
        Assert.True(source.Source.HavePartsChanged(4));
        Assert.Equal(parts, PartsOf(4, source.Discover()));
    }

    private static List<string> PartsOf(int card, IReadOnlyList<DeviceFrame> inventory)
        => [.. inventory.Where(row => row.Device.Partition is not null && row.Device.PciAddress == inventory[card].Device.PciAddress).Select(row => row.Device.Id.Value)];
}
