using Forewarn.Model;

namespace Forewarn.Predict.Tests.History;

public class EventTests
{
    private readonly TestNode _node = new(2);

    [Fact]
    public void Of_an_event_that_goes_on_the_growth_alone_counts()
    {
        var first = new HealthEvent { Kind = HealthEventKind.DriverError, Code = 45, Text = "", BootId = "", FirstSeen = _node.Now, LastSeen = _node.Now, Source = "test", Count = 10 };
        var card = _node.Card(0);
        card.Take(first, _node.Now);
        card.Take(first with { Count = 25 }, _node.Now);
        card.Take(first with { Count = 25 }, _node.Now);
        Assert.Equal((25, 25), (card.Tally(HealthEventKind.DriverError, 45)!.Count, card.Events[0].InHour(_node.Now)));
        _node.Now += TimeSpan.FromMinutes(70);
        card.Take(first with { FirstSeen = _node.Now, LastSeen = _node.Now, Count = 2 }, _node.Now);
        Assert.Equal((27, 2, 27), (card.Events[0].Count, card.Events[0].InHour(_node.Now), card.Events[0].InDay(_node.Now)));
    }

    [Fact]
    public void Events_are_counted_whole_while_they_leave_the_window()
    {
        _node.Happen(0, HealthEventKind.DriverError, 13, count: 3);
        for (var minute = 0; minute < 70; minute++)
        {
            var count = _node.Card(0).Events[0].InHour(_node.Now + TimeSpan.FromMinutes(minute));
            Assert.Equal(Math.Truncate(count), count);
            if (minute <= 54) Assert.Equal(3, count);
        }
    }

    [Fact]
    public void Which_came_first_is_known_on_all_devices_though_the_clock_stood_still()
    {
        _node.Happen(0, HealthEventKind.DriverError, 79).Happen(1, HealthEventKind.DriverError, 45).Happen(0, HealthEventKind.DriverError, 154);
        var orders = new[] { _node.Card(0).Events[0].Order, _node.Card(1).Events[0].Order, _node.Card(0).Events[1].Order };
        Assert.Equal(orders.Order(), orders);
        Assert.Equal(_node.Card(0).Events[0].Began, _node.Card(1).Events[0].Began);
    }

    [Fact]
    public void What_is_told_late_happened_when_it_happened()
    {
        var then = _node.Now - TimeSpan.FromMinutes(10);
        _node.Card(0).Take(new HealthEvent { Kind = HealthEventKind.DriverError, Code = 79, Text = "", BootId = "", FirstSeen = then, LastSeen = then, Source = "test" }, _node.Now);
        Assert.Equal(then, _node.Card(0).Events[0].Last);
    }

    [Fact]
    public void A_flood_of_kinds_pushes_out_its_like_alone()
    {
        _node.Happen(0, HealthEventKind.DriverError, 79);
        for (var i = 0; i < 10_000; i++)
        {
            _node.Now += TimeSpan.FromMilliseconds(1);
            _node.Happen(0, HealthEventKind.NetworkTrouble, i);
        }

        Assert.Equal((256, 9_745), (_node.Card(0).Events.Count, _node.Card(0).EventsLeftOut));
        Assert.NotNull(_node.Card(0).Tally(HealthEventKind.DriverError, 79));
        Assert.NotNull(_node.Card(0).Tally(HealthEventKind.NetworkTrouble, 9_999));
    }

    [Fact]
    public void A_device_that_tells_who_it_is_keeps_its_events_as_one()
    {
        _node.Insert(0, "pci:0000:18:00.0", "").Happen(0, HealthEventKind.DriverError, 13);
        _node.Now += TimeSpan.FromSeconds(10);
        _node.Insert(0, "GPU-new", "77").Happen(0, HealthEventKind.DriverError, 13);
        Assert.Equal(2, Assert.Single(_node.Card(0).Events).Count);
    }
}
