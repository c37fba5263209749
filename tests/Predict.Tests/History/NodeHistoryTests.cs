using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.History;

public class NodeHistoryTests
{
    private readonly SaidRule _rule = new() { Holds = [new Verdict(0, 5, 3)] };
    private readonly TestNode _node;

    public NodeHistoryTests() => _node = new TestNode(2, _rule);

    [Fact]
    public void Another_card_in_the_slot_closes_what_was_said_of_the_old_one()
    {
        _node.Pass(2);
        _rule.Holds = [];
        _node.Insert(0, "GPU-new", "1700").Pass(1);
        var replaced = _node.Transitions.Single(transition => transition.Kind == HealthEventKind.DeviceReplaced);
        Assert.Equal(("GPU-new", "GPU-new (serial 1700) is now at 0000:18:00.0, where GPU-0 (serial 1600) was"), (replaced.Device.Id.Value, replaced.Why));
        Assert.Equal((0, HealthState.Healthy), (_node.Findings(0).Count, _node.State(0)));
        Assert.DoesNotContain(Replay.Open(_node.Transitions), finding => finding.Device.Value == "GPU-0");
        Assert.Null(_node.Judge.AssessmentOf(new DeviceId("GPU-0")));
        Assert.Equal(2, _node.Node.Devices.Count);
    }

    [Fact]
    public void A_card_that_moves_brings_its_past()
    {
        _node.Happen(0, HealthEventKind.DriverError, 48).Pass(2);
        _node.Insert(0, "GPU-new", "1700").Pass(1).Insert(1, "GPU-0", "1600").Pass(1);
        Assert.Equal(48, Assert.Single(_node.Card(1).Events).Latest.Code);
        Assert.Empty(_node.Card(0).Events);
        Assert.Single(_node.Findings(1));
        Assert.Equal(2, _node.Transitions.Count(transition => transition.Kind == HealthEventKind.DeviceReplaced));
    }

    [Fact]
    public void A_card_that_moved_while_the_agent_did_not_run_brings_it_too()
    {
        _node.Happen(0, HealthEventKind.DriverError, 48);
        var node = new NodeHistory(_node.Node.BootId, _node.Node.Booted);
        node.Remember(new Dictionary<string, byte[]> { ["GPU-0"] = TestNode.Saved(_node.Card(0)), ["GPU-1"] = [9, 9, 9] });
        var moved = node.Of(_node.Card(0).Device with { PciAddress = "0000:99:00.0" });
        Assert.Equal((MemoryState.Loaded, 1), (moved.Memory, moved.Events.Count));
        Assert.Equal(MemoryState.OtherVersion, node.Of(_node.Card(1).Device).Memory);
    }

    [Fact]
    public void Two_cards_that_change_places_keep_their_own()
    {
        _node.Happen(0, HealthEventKind.DriverError, 48).Happen(1, HealthEventKind.DriverError, 13).Pass(2);
        _node.Insert(0, "GPU-1", "1601").Insert(1, "GPU-0", "1600").Pass(2);
        Assert.Equal((13, 48), (_node.Card(0).Events[0].Latest.Code, _node.Card(1).Events[0].Latest.Code));
        Assert.Equal(2, _node.Node.Devices.Count);
        Assert.Equal(2, Replay.Open(_node.Transitions).Count);
    }

    [Fact]
    public void What_was_said_of_a_place_is_said_of_the_card_when_that_is_known()
    {
        _node.Insert(0, "pci:0000:18:00.0", "").Pass(2).Insert(0, "GPU-0b", "1650").Pass(1);
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal(("GPU-0b", "1650", TestNode.Start + TimeSpan.FromSeconds(1)), (finding.Device.Value, finding.Serial, finding.FirstSeen));
        Assert.Equal("GPU-0b", _node.Judge.AssessmentOf(new DeviceId("GPU-0b"))!.Device.Value);
        Assert.Equal(["GPU-0b", "GPU-1"], Replay.Open(_node.Transitions).Select(open => open.Device.Value).Order());
    }

    [Fact]
    public void A_part_of_a_card_has_its_cards_history()
    {
        var part = _node.Card(0).Device with { Id = new DeviceId("MIG-1"), Partition = new DevicePartition(new DeviceId("GPU-0"), "1g.10gb", 1, 0) };
        Assert.Same(_node.Card(0), _node.Node.Of(part));
        Assert.Equal("GPU-0", _node.Card(0).Device.Id.Value);
    }

    [Fact]
    public void A_card_that_is_forgotten_leaves_nothing()
    {
        _node.Pass(2);
        _node.Judge.Forget(_node.Card(0), "taken out", _node.Now, _node.Transitions);
        Assert.Null(_node.Node.Find(new DeviceId("GPU-0")));
        Assert.Equal("GPU-1", Assert.Single(Replay.Open(_node.Transitions)).Device.Value);
    }

    [Fact]
    public void A_driver_that_was_changed_while_the_agent_did_not_run_was_loaded_anew()
    {
        _node.Node.DriverIs("nvml", "570.1", _node.Now);
        _node.Restart();
        _node.Node.DriverIs("nvml", "570.1", _node.Now);
        Assert.Equal(0, _node.Card(0).Restarts);
        _node.Restart();
        _node.Node.DriverIs("nvml", "580.2", _node.Now);
        Assert.Equal((1, _node.Now), (_node.Card(0).Restarts, _node.Node.DriverLoaded));
    }

    [Fact]
    public void A_driver_that_was_changed_with_a_reboot_was_loaded_by_the_boot()
    {
        _node.Node.DriverIs("nvml", "570.1", _node.Now);
        _node.Skip(10).Restart("b0070000-0000-4000-8000-000000000002").Skip(30);
        _node.Node.DriverIs("nvml", "580.2", _node.Now);
        Assert.Equal(_node.Node.Booted, _node.Node.DriverLoaded);
        _node.Node.DriverIs("nvml", "590.3", _node.Now);
        Assert.Equal(_node.Now, _node.Node.DriverLoaded);
    }
}
