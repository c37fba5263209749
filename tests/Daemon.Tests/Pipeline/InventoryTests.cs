using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Pipeline;

public sealed class InventoryTests : IDisposable
{
    private static readonly Device Card = Cards.At("0000:18:00.0", "GPU-1") with
    {
        Index = 3,
        Name = "NVIDIA H100",
        Serial = "165",
        PartNumber = "692",
        Slot = 4,
        Minor = 3,
        Firmware = "96",
        ConfigurationImage = "G520",
        NumaNode = 1,
    };

    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Path, "inventory-nvml.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_agent_that_is_started_again_knows_the_cards_of_this_boot()
    {
        Open("boot-1").Remember("nvml", [Card]);
        var again = Open("boot-1");
        Assert.Equal(Card, again.Recall(Cards.At("0000:18:00.0")));
        Assert.Equal([Card], again.Remember("nvml", []));
    }

    [Fact]
    public void Another_boot_knows_nothing_of_them()
    {
        Open("boot-1").Remember("nvml", [Card]);
        Assert.True(Open("boot-2").Recall(Cards.At("0000:18:00.0")).Id.IsProvisional);
    }

    [Fact]
    public void A_boot_without_a_name_is_not_the_same_as_the_last_one_without()
    {
        Open("").Remember("nvml", [Card]);
        Assert.True(Open("").Recall(Cards.At("0000:18:00.0")).Id.IsProvisional);
    }

    [Fact]
    public void Only_a_card_that_does_not_say_who_it_is_is_recalled_and_only_from_its_place_and_maker()
    {
        var inventory = Open("boot-1");
        inventory.Remember("nvml", [Card]);
        Assert.Equal("GPU-2", inventory.Recall(Cards.At("0000:18:00.0", "GPU-2")).Id.Value);
        Assert.True(inventory.Recall(Cards.At("0000:5d:00.0")).Id.IsProvisional);
        Assert.True(inventory.Recall(Cards.At("0000:18:00.0") with { Serial = "166" }).Id.IsProvisional);
        Assert.Equal(Card, inventory.Recall(Cards.At("0000:18:00.0") with { Serial = "165" }));
        Assert.True(inventory.Recall(Cards.At("0000:18:00.0") with { Vendor = new Vendor("other") }).Id.IsProvisional);
    }

    [Fact]
    public void The_file_is_written_only_when_something_changed()
    {
        var inventory = Open("boot-1");
        inventory.Remember("nvml", [Card]);
        System.IO.File.Delete(File);
        inventory.Remember("nvml", [Card]);
        Assert.False(System.IO.File.Exists(File));
        inventory.Remember("nvml", [Card with { Firmware = "97" }]);
        Assert.True(System.IO.File.Exists(File));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"boot_id":"boot-1"}""")]
    [InlineData("""{"boot_id":"boot-1","source":"nvml","devices":null}""")]
    [InlineData("""{"boot_id":"boot-1","source":"nvml","devices":[null]}""")]
    [InlineData("""{"boot_id":"boot-1","source":"nvml","devices":[{}]}""")]
    [InlineData("""{"boot_id":"boot-1","source":"nvml","devices":[{"id":null,"vendor":"nvidia","pci_address":null,"index":0,"name":"","serial":"","part_number":"","slot":0,"minor":0,"firmware":"","configuration_image":"","numa_node":0}]}""")]
    [InlineData("""{"boot_id":"boot-1","source":"nvml","devices":[{"id":"","vendor":"nvidia","pci_address":"","index":0,"name":"","serial":"","part_number":"","slot":0,"minor":0,"firmware":"","configuration_image":"","numa_node":0}]}""")]
    public void Whatever_is_wrong_with_the_file_costs_the_memory_of_lost_cards_and_nothing_else(string text)
    {
        System.IO.File.WriteAllText(File, text);
        var inventory = Open("boot-1");
        Assert.Equal([Card], inventory.Remember("nvml", [Card]));
        Assert.Equal(Card, Open("boot-1").Recall(Cards.At("0000:18:00.0")));
    }

    [Fact]
    public void A_card_that_was_ill_in_the_boot_before_is_missed_unless_it_or_another_is_there()
    {
        var well = Card with { Id = new("GPU-2"), PciAddress = "0000:2a:00.0" };
        Open("boot-1").Remember("nvml", [Card, well]);
        var moved = Card with { PciAddress = "0000:5d:00.0" };
        var other = Card with { Id = new("GPU-9"), Serial = "9" };
        Assert.Empty(Open("boot-2", Card.Id).Missed("nvml", [moved]));
        Assert.Empty(Open("boot-2", Card.Id).Missed("nvml", [other]));
        Assert.Empty(Open("boot-1", Card.Id).Missed("nvml", [])); // of this boot: it is missed anyway
        var inventory = Open("boot-2", Card.Id);
        Assert.Equal([Card], inventory.Missed("nvml", []));
        Assert.Empty(inventory.Missed("nvml", []));
        Assert.Equal([Card], Open("boot-2").Remembered(Card.Vendor)); // of this boot from now on
    }

    [Fact]
    public void It_is_missed_also_by_an_agent_that_was_started_anew_before_it_was()
    {
        var well = Card with { Id = new("GPU-2"), PciAddress = "0000:2a:00.0" };
        Open("boot-1").Remember("nvml", [Card, well]);
        Open("boot-2", Card.Id).Remember("nvml", [well]);
        Open("boot-3", Card.Id).Remember("nvml", [well]);
        Assert.Empty(Open("boot-3").Missed("nvml", [well])); // nothing grave is said of it any more
        var inventory = Open("boot-3", Card.Id);
        Assert.Equal([Card], inventory.Missed("nvml", [well]));
        Assert.Equal([well.Id, Card.Id], Open("boot-3").Remembered(Card.Vendor).Select(card => card.Id));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_no_reason_to_stop()
    {
        var inventory = new Inventory(null, new InventoryFile(Path.Combine(_folder.Path, "no", "such.json"), NullLogger.Instance), "boot-1");
        Assert.Equal([Card], inventory.Remember("nvml", [Card]));
    }

    [Fact]
    public void As_many_as_configured_are_expected_else_as_many_as_were_seen()
    {
        Assert.Equal(8, new Inventory(8, null, "b").Expected(7));
        Assert.Equal(7, new Inventory(null, null, "b").Expected(7));
    }

    private Inventory Open(string boot, params DeviceId[] ill) => new(null, new InventoryFile(File, NullLogger.Instance), boot, ill.ToHashSet());
}
