using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Tests.Probes.Frames;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>What a card says of itself and keeps saying, against the profile that it was made from.</summary>
public class NvmlTraitTests
{
    [Fact(Timeout = 30_000)]
    public async Task A_card_tells_its_place_its_neighbours_and_what_is_written_in_it()
    {
        await using var source = await SourceOnNode.StartAsync("r550", "rate 0\n");
        var card = source.Discover()[5].Device;
        Assert.Equal("48-95", Trait(card, "cpus"));
        Assert.Equal("1", Trait(card, "memory_nodes"));
        Assert.Equal("2.1", Trait(card, "inforom_oem"));
        Assert.Equal("7.16", Trait(card, "inforom_ecc"));
        Assert.Null(Trait(card, "inforom_power")); // this board has no such object
        Assert.Matches("^[0-9a-f]{8}$", Trait(card, "inforom_checksum"));
        Assert.Equal("0000:05:00.0,0000:06:00.0,0000:07:00.0,0000:08:00.0", Trait(card, "link_peers")); // the four switches of the baseboard
        Assert.Equal("off", Trait(card, "confidential_computing"));
        Assert.Null(Trait(card, "confidential_environment"));
        Assert.Null(Trait(card, "chassis_serial"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_card_in_a_rack_tells_where_in_it()
    {
        await using var source = await SourceOnNode.StartAsync("r580", "rate 0\n", profile: "gb200-4");
        var card = source.Discover()[2].Device;
        Assert.Equal("1820325000001", Trait(card, "chassis_serial"));
        Assert.Equal(("9", "4", "1", "3"), (Trait(card, "chassis_slot"), Trait(card, "tray"), Trait(card, "host"), Trait(card, "module")));
        Assert.Equal(("18", "1"), (Trait(card, "own_numa_node"), Trait(card, "memory_nodes")));
    }

    [Fact(Timeout = 30_000)]
    public async Task Confidential_computing_that_is_on_is_told_with_its_kind()
    {
        await using var source = await SourceOnNode.StartAsync("r580", "rate 0\n");
        await source.InjectAsync("gpu 0 confidential set 1");
        var card = source.Discover()[3].Device;
        Assert.Equal(("on", "prod", "off"), (Trait(card, "confidential_computing"), Trait(card, "confidential_environment"), Trait(card, "confidential_development")));
        Assert.Equal(("protectedpcie", "inteltdx"), (Trait(card, "confidential_multi_device"), Trait(card, "confidential_host")));
    }

    /// <summary>A link that goes down tells no neighbour any more; that alone makes no other card.</summary>
    [Fact(Timeout = 30_000)]
    public async Task A_card_whose_link_goes_down_is_the_same_card()
    {
        await using var source = await SourceOnNode.StartAsync("r550", "rate 0\n");
        source.Discover();
        await source.InjectAsync("gpu 3 link 5 down");
        Assert.False(source.Source.HasIdentityChanged(3));
        await source.InjectAsync("gpu 3 fail nvmlDeviceGetInforomConfigurationChecksum with NOT_SUPPORTED");
        Assert.True(source.Source.HasIdentityChanged(3)); // configured otherwise, or taken away: worth a look
    }

    [Theory(Timeout = 30_000)]
    [InlineData("r580", "gb200-4")]
    [InlineData("r610", "h100-8")]
    [InlineData("r470", "a100-8-mig")]
    public async Task All_that_a_card_tells_has_room_in_its_frame(string driver, string profile)
    {
        await using var source = await SourceOnNode.StartAsync(driver, "rate 0\n", profile: profile);
        await source.InjectAsync("gpu * confidential set 1");
        foreach (var row in source.Discover())
        {
            var sent = DeviceFrame.Read(FrameBytes.Payload(FrameBytes.Of(FrameType.Device, row.Write)), row.Device.Vendor);
            Assert.Equal(row.Device.Traits.ToString(), sent!.Device.Traits.ToString());
        }
    }

    private static string? Trait(Device card, string key) => card.Traits.All.FirstOrDefault(trait => trait.Key == key).Value;
}
