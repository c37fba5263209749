using Forewarn.Daemon.Probes.Frames;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Probes;

/// <summary>Parts of cards in the agent's view: they come and go with the inventories, and count as no cards.</summary>
public sealed class PartIntakeTests : IDisposable
{
    private const string Place = "0000:18:00.0";

    private readonly ProbedNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void A_part_that_the_next_inventory_of_its_card_lacks_is_removed_and_not_lost()
    {
        var (_, first) = _node.Start();
        ProbedNode.Inventory(first, ProbedNode.Card(Place, "GPU-1"), Part("MIG-1", 0), Part("MIG-2", 1));
        Assert.Equal(["GPU-1", "MIG-1", "MIG-2"], _node.View.Devices.Select(device => device.Device.Id.Value));
        Assert.Equal(1, _node.Source.Expected);

        var (_, second) = _node.Start();
        ProbedNode.Inventory(second, ProbedNode.Card(Place, "GPU-1"), Part("MIG-2", 1));
        Assert.Equal(["GPU-1", "MIG-2"], _node.View.Devices.Select(device => device.Device.Id.Value));
        Assert.Equal([$"PartitionsChanged {Place}: part 0 (1g.10gb) of GPU-1 was removed"], _node.Told());
        Assert.Equal(1, _node.Source.Expected);
    }

    [Fact]
    public void The_parts_of_a_card_that_is_gone_are_lost_with_it()
    {
        var (_, first) = _node.Start();
        ProbedNode.Inventory(first, ProbedNode.Card(Place, "GPU-1"), Part("MIG-1", 0), ProbedNode.Card("0000:5d:00.0", "GPU-2"));
        var (_, second) = _node.Start();
        ProbedNode.Inventory(second, ProbedNode.Card("0000:5d:00.0", "GPU-2"));
        Assert.All(
            _node.View.Devices.Where(device => device.Device.PciAddress == Place), device => Assert.Equal(DevicePresence.Lost, device.Presence.Presence));
        Assert.Equal(2, _node.Source.Expected);
    }

    [Fact]
    public void The_parts_that_a_reset_took_are_removed_once_the_card_is_back()
    {
        var (_, first) = _node.Start();
        ProbedNode.Inventory(first, ProbedNode.Card(Place, "GPU-1"), Part("MIG-1", 0));
        var (_, second) = _node.Start();
        ProbedNode.Send(second, FrameType.Device, new DeviceFrame(0, ProbedNode.Card(Place, "GPU-1"), NoDataReason.ResetRequired, "wants a reset").Write);
        ProbedNode.InventoryEnd(second, 1);
        Assert.All(_node.View.Devices, device => Assert.Equal(DevicePresence.Lost, device.Presence.Presence));

        var (_, third) = _node.Start();
        ProbedNode.Inventory(third, ProbedNode.Card(Place, "GPU-1")); // no sample of it came yet
        Assert.Equal(["GPU-1"], _node.View.Devices.Select(device => device.Device.Id.Value));
        Assert.Contains($"PartitionsChanged {Place}: part 0 (1g.10gb) of GPU-1 was removed", _node.Told());
    }

    [Fact]
    public void The_parts_of_a_card_that_was_told_in_part_are_neither_removed_nor_lost()
    {
        var (_, first) = _node.Start();
        ProbedNode.Inventory(first, ProbedNode.Card(Place, "GPU-1"), Part("MIG-1", 0));
        var (_, second) = _node.Start();
        ProbedNode.Send(second, FrameType.Device, (new DeviceFrame(0, ProbedNode.Card(Place, "GPU-1"), NoDataReason.None, "") { IsPartial = true }).Write);
        ProbedNode.InventoryEnd(second, 1);
        Assert.Empty(_node.Told());
        Assert.Equal(["GPU-1", "MIG-1"], _node.View.Devices.Select(device => device.Device.Id.Value));
    }

    [Fact]
    public void The_parts_of_a_card_that_the_driver_leaves_alone_are_no_more()
    {
        var (_, first) = _node.Start();
        ProbedNode.Inventory(first, ProbedNode.Card(Place, "GPU-1"), Part("MIG-1", 0));
        var (_, second) = _node.Start();
        ProbedNode.Send(second, FrameType.Device, (new DeviceFrame(0, ProbedNode.Card(Place, "GPU-1"), NoDataReason.Excluded, "left alone") { IsPartial = true }).Write);
        ProbedNode.InventoryEnd(second, 1);
        Assert.Equal([DevicePresence.Excluded], _node.View.Devices.Select(device => device.Presence.Presence));
    }

    private static Device Part(string id, int index) => ProbedNode.Card(Place, id) with
    {
        Index = index,
        Partition = new DevicePartition(new DeviceId("GPU-1"), "1g.10gb", index + 7, 0),
    };
}
