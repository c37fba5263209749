using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Pipeline;

public class NodeViewTests
{
    private readonly SourceView _source = new("nvml", DriverErrorCatalog.Xid, default);
    private readonly NodeView _view = new(new NodeFacts { Name = "n1", BootId = "b", Version = "1", Started = default });

    [Fact]
    public void A_card_that_tells_who_it_is_takes_the_place_of_the_provisional_one()
    {
        var provisional = _view.Upsert(Cards.At("0000:18:00.0"), _source);
        var known = _view.Upsert(Cards.At("0000:18:00.0", "GPU-1"), _source);
        Assert.Same(provisional, known);
        Assert.Equal("GPU-1", Assert.Single(_view.Devices).Device.Id.Value);
        Assert.Same(known, _view.Find(new DeviceId("GPU-1")));
        Assert.Null(_view.Find(DeviceId.AtPci("0000:18:00.0")));
    }

    [Fact]
    public void A_card_in_another_ones_place_is_another_card()
    {
        var old = _view.Upsert(Cards.At("0000:18:00.0", "GPU-1"), _source);
        Assert.NotSame(old, _view.Upsert(Cards.At("0000:18:00.0", "GPU-2"), _source));
        Assert.Equal(2, _view.Devices.Length);
    }

    [Fact]
    public void New_firmware_is_the_same_card()
    {
        var card = _view.Upsert(Cards.At("0000:18:00.0", "GPU-1"), _source);
        Assert.Same(card, _view.Upsert(Cards.At("0000:18:00.0", "GPU-1") with { Firmware = "97" }, _source));
        Assert.Equal("97", card.Device.Firmware);
    }

    [Fact]
    public void Cards_stand_in_the_order_of_their_places()
    {
        foreach (var place in (string[])["0000:db:00.0", "0000:18:00.0", "0000:9a:00.0"]) _view.Upsert(Cards.At(place), _source);
        Assert.Equal(["0000:18:00.0", "0000:9a:00.0", "0000:db:00.0"], _view.Devices.Select(card => card.Device.PciAddress));
    }

    [Fact]
    public void A_call_group_has_one_meter_whoever_asks_first()
    {
        for (var round = 0; round < 200; round++)
        {
            var source = new SourceView("nvml", DriverErrorCatalog.Xid, default);
            using var together = new Barrier(2);
            var threads = Enumerable.Range(0, 2).Select(_ => new Thread(() =>
            {
                together.SignalAndWait();
                for (var group = 0; group < 20; group++) source.CallGroup($"group-{group}");
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            Assert.Equal(20, source.CallGroups.Length);
        }
    }
}
