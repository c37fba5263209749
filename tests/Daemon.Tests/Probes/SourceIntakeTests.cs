using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Probes;

public sealed class SourceIntakeTests : IDisposable
{
    private const string A = "0000:18:00.0";
    private const string B = "0000:5d:00.0";
    private readonly ProbedNode _node = new();
    private readonly ProbeSupervisor _supervisor = new() { Probation = TimeSpan.FromSeconds(10) };

    public void Dispose() => _node.Dispose();

    [Fact]
    public void A_card_that_was_there_in_this_boot_and_is_not_found_any_more_is_lost()
    {
        var (_, first) = _node.Start();
        ProbedNode.Inventory(first, ProbedNode.Card(A, "GPU-1"), ProbedNode.Card(B, "GPU-2"));
        var (_, second) = _node.Start();
        ProbedNode.Inventory(second, ProbedNode.Card(A, "GPU-1"));
        Assert.Equal(DevicePresence.Lost, _node.At(B).Presence.Presence);
        Assert.Equal(2, _node.Source.Expected);
        Assert.StartsWith($"PresenceChanged {B}: Unknown → Lost", Assert.Single(_node.Told()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_card_that_a_probe_was_told_not_to_touch_is_not_lost()
    {
        var (_, first) = _node.Start();
        ProbedNode.Inventory(first, ProbedNode.Card(A, "GPU-1"), ProbedNode.Card(B, "GPU-2"));
        var (_, without) = _node.Start(except: B);
        ProbedNode.Inventory(without, ProbedNode.Card(A, "GPU-1"));
        var (_, solo) = _node.Start(only: B);
        ProbedNode.Inventory(solo, ProbedNode.Card(B, "GPU-2"));
        Assert.Empty(_node.Told());
    }

    [Fact]
    public void A_card_that_answers_nothing_is_known_by_its_place_in_this_boot()
    {
        var (_, first) = _node.Start();
        ProbedNode.Inventory(first, ProbedNode.Card(A, "GPU-1"));
        var (_, second) = _node.Start();
        ProbedNode.Send(second, FrameType.Device, new DeviceFrame(0, ProbedNode.Card(A), NoDataReason.DeviceLost, "does not answer").Write);
        ProbedNode.InventoryEnd(second, 1);
        Assert.Equal("GPU-1", Assert.Single(_node.View.Devices).Device.Id.Value);
        Assert.Equal((DevicePresence.Lost, "does not answer"), (_node.At(A).Presence.Presence, _node.At(A).Presence.Detail));
    }

    /// <summary>What failed in passing is no news of the card; what it says that it has not any more is.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_card_that_was_told_in_part_keeps_what_was_known_of_it_and_one_that_was_told_whole_does_not(bool isPartial)
    {
        var whole = ProbedNode.Card(A, "GPU-1") with { Serial = "165", Firmware = "96", Slot = 4, Traits = new(new("cores", "16896"), new("tray", "1"), new("cpus", "0-47")) };
        var (_, first) = _node.Start();
        ProbedNode.Inventory(first, whole);
        var (_, second) = _node.Start();
        var told = ProbedNode.Card(A, "GPU-1") with { Firmware = "97", Traits = new DeviceTraits(new("tray", "2"), new("host", "1")) };
        ProbedNode.Send(second, FrameType.Device, (new DeviceFrame(0, told, NoDataReason.None, "") { IsPartial = isPartial }).Write);
        ProbedNode.InventoryEnd(second, 1);
        var now = _node.At(A).Device;
        Assert.Equal("97", now.Firmware);
        Assert.Equal(isPartial ? ("165", 4) : ("", -1), (now.Serial, now.Slot));
        Assert.Equal(isPartial ? "cores=16896, tray=2, cpus=0-47, host=1" : "tray=2, host=1", now.Traits.ToString());
    }

    [Fact]
    public void A_card_that_was_told_in_part_is_known_from_before_the_agent_was_started_anew()
    {
        var inventory = new Inventory(null, null, "boot-1");
        inventory.Remember("nvml", [ProbedNode.Card(A, "GPU-1") with { Serial = "165" }]);
        using var node = new ProbedNode(inventory: inventory);
        var (_, sink) = node.Start();
        ProbedNode.Send(sink, FrameType.Device, (new DeviceFrame(0, ProbedNode.Card(A, "GPU-1"), NoDataReason.None, "") { IsPartial = true }).Write);
        ProbedNode.InventoryEnd(sink, 1);
        Assert.Equal("165", node.At(A).Device.Serial);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void A_card_that_the_driver_leaves_alone_is_known_and_neither_expected_nor_lost(int? configured, int expected)
    {
        using var node = new ProbedNode(configured);
        var (_, first) = node.Start();
        ProbedNode.Inventory(first, ProbedNode.Card(A, "GPU-1"), ProbedNode.Card(B, "GPU-2") with { Serial = "165" });
        node.Told();
        var (_, second) = node.Start();
        ProbedNode.Send(second, FrameType.Device, new DeviceFrame(0, ProbedNode.Card(A, "GPU-1"), NoDataReason.None, "").Write);
        ProbedNode.Send(second, FrameType.Device, (new DeviceFrame(1, ProbedNode.Card(B, "GPU-2"), NoDataReason.Excluded, "left alone") { IsPartial = true }).Write);
        ProbedNode.InventoryEnd(second, 2);
        Assert.Equal((DevicePresence.Excluded, NoDataReason.Excluded), (node.At(B).Presence.Presence, node.At(B).Presence.Reason));
        Assert.Equal("165", node.At(B).Device.Serial);
        Assert.Equal(expected, node.Source.Expected);
        Assert.Equal([$"PresenceChanged {B}: Unknown → Excluded: left alone"], node.Told());
    }

    [Fact]
    public void A_stalled_card_is_told_once_and_what_its_dead_probe_had_read_is_not_believed()
    {
        var (_, sink) = Measured();
        _supervisor.Stuck(null, SupervisedSource.Call(A), TimeSpan.FromSeconds(20));
        Report();
        Report();
        Assert.Equal(DevicePresence.Stalled, _node.At(A).Presence.Presence);
        Assert.Equal([$"PresenceChanged {A}: Measured → Stalled: call 'thermal' did not return within 1 s"], _node.Told());

        ProbedNode.Sample(sink, 0);
        ProbedNode.Sample(sink, 1);
        Assess();
        Assert.Equal(DevicePresence.Stalled, _node.At(A).Presence.Presence);
        Assert.Equal(DevicePresence.Measured, _node.At(B).Presence.Presence);

        var (_, solo) = _node.Start(only: A);
        ProbedNode.Inventory(solo, ProbedNode.Card(A, "GPU-1"));
        ProbedNode.Sample(solo, 0);
        Assess();
        Assert.Equal([$"PresenceChanged {A}: Stalled → Measured"], _node.Told());
    }

    [Fact]
    public void A_card_that_hangs_in_the_very_first_inventory_is_not_forgotten()
    {
        _node.Start();
        _supervisor.Stuck(null, SupervisedSource.Call(B, "identity"), TimeSpan.FromSeconds(20));
        Report();
        Assert.Equal(DevicePresence.Stalled, _node.At(B).Presence.Presence);

        var (_, next) = _node.Start(except: B);
        ProbedNode.Inventory(next, ProbedNode.Card(A, "GPU-1"));
        Assert.Equal(2, _node.Source.Expected);
        var (_, solo) = _node.Start(only: B);
        ProbedNode.Inventory(solo, ProbedNode.Card(B, "GPU-2"));
        Assert.Equal(["GPU-1", "GPU-2"], _node.View.Devices.Select(device => device.Device.Id.Value));
    }

    [Theory]
    [InlineData(true, DevicePresence.Excluded)]
    [InlineData(false, DevicePresence.Unknown)]
    public void A_source_that_stops_takes_its_cards_with_it_until_a_later_probe(bool released, DevicePresence presence)
    {
        var (_, sink) = Measured();
        if (released)
        {
            _supervisor.Release(TimeSpan.FromSeconds(20));
        }
        else
        {
            _supervisor.CannotOpen(NoDataReason.DriverNotLoaded, "no driver");
            _supervisor.Ended(null, new ProbeEnd(10), [], TimeSpan.FromSeconds(20));
        }

        Report();
        ProbedNode.Sample(sink, 0);
        Assess();
        Assert.All(_node.View.Devices, device => Assert.Equal(presence, device.Presence.Presence));
        Assert.Equal(3, _node.Told().Count); // one for the source, one for each card

        var (_, next) = _node.Start();
        ProbedNode.Inventory(next, ProbedNode.Card(A, "GPU-1"), ProbedNode.Card(B, "GPU-2"));
        ProbedNode.Sample(next, 0);
        Assess();
        Assert.Equal(DevicePresence.Measured, _node.At(A).Presence.Presence);
    }

    [Fact]
    public void A_card_that_appears_while_nobody_can_read_any_is_counted()
    {
        OnBus(A);
        _supervisor.CannotOpen(NoDataReason.LibraryMissing, "no library");
        _supervisor.Ended(null, new ProbeEnd(10), [], TimeSpan.FromSeconds(20));
        Report();
        Assert.Equal(1, _node.Source.OnBus);
        OnBus(B);
        Report();
        Assert.Equal(1, _node.Source.OnBus); // it was looked a moment ago
        _node.Time.Advance(TimeSpan.FromSeconds(30));
        Report();
        Assert.Equal(2, _node.Source.OnBus);
        Assert.Single(_node.Told(), told => told.StartsWith("SourceChanged", StringComparison.Ordinal));
    }

    [Fact]
    public void A_restart_tells_of_the_death_and_not_of_each_state_on_the_way()
    {
        var (probe, _) = Measured();
        _supervisor.Ended(null, new ProbeEnd(137), [], TimeSpan.FromSeconds(1));
        _node.Intake.ProbeEnded(probe, new ProbeEnd(137));
        Report();
        _supervisor.Started(null, TimeSpan.FromSeconds(2));
        Report();
        _supervisor.Swept(null, TimeSpan.FromSeconds(3));
        Report();
        Assert.Equal([$"ProbeDied: probe {probe.Pid} died with SIGKILL"], _node.Told());
        Assert.Equal(SourceState.Running, _node.Source.Status.State);
        Assert.Equal(1, _node.Source.Restarts);
    }

    [Fact]
    public void A_stalled_call_is_told_with_its_card_its_name_and_its_deadline()
    {
        var (probe, _) = Measured();
        _node.Intake.CallStalled(probe, SupervisedSource.Call(A));
        _node.Intake.CallStalled(probe, null);
        Assert.Equal(
            [$"CallStalled {A}: call 'thermal' on {A} did not return within 1 s; probe {probe.Pid} was ended",
                $"CallStalled: probe {probe.Pid} stopped without being in a call; it was ended"],
            _node.Told());
        Assert.Equal(2, _node.Source.Stalls);
    }

    [Fact]
    public void What_was_not_read_for_five_periods_is_not_shown_as_what_is()
    {
        var (_, sink) = Measured();
        _node.Time.Advance(TimeSpan.FromSeconds(5));
        ProbedNode.Sample(sink, 1);
        Assess();
        Report();
        Assert.Empty(_node.Told());
        _node.Time.Advance(TimeSpan.FromSeconds(0.1));
        Report();
        Assert.Equal([$"PresenceChanged {A}: Measured → Unknown: no sample came for several periods"], _node.Told());
        Assert.Equal((0, 1), (_node.At(A).CopyReadings(new Reading[9]), _node.At(B).CopyReadings(new Reading[9])));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_card_that_was_ill_and_did_not_come_back_with_the_boot_is_lost_and_not_forgotten(bool isDriverThere)
    {
        using var folder = new TemporaryFolder();
        var file = new InventoryFile(Path.Join(folder.Path, "inventory.json"), NullLogger.Instance);
        const string C = "0000:9a:00.0";
        file.Save("boot-0", "nvml", [ProbedNode.Card(A, "GPU-1"), ProbedNode.Card(C, "GPU-3")], []);
        using var node = new ProbedNode(inventory: new Inventory(null, file, "boot-1", new HashSet<DeviceId> { new("GPU-1"), new("GPU-3") }));
        if (isDriverThere)
        {
            ProbedNode.Inventory(node.Start().Sink, ProbedNode.Card(A, "GPU-1"));
            _supervisor.Started(null, TimeSpan.Zero);
            _supervisor.Swept(null, TimeSpan.Zero);
        }

        Report(node);
        Assert.DoesNotContain(node.View.Devices, device => device.Device.PciAddress == C);
        node.Time.Advance(TimeSpan.FromMinutes(5));
        Report(node);
        Assert.Equal(("GPU-3", isDriverThere ? DevicePresence.Lost : DevicePresence.Unknown), (node.At(C).Device.Id.Value, node.At(C).Presence.Presence));
        Assert.Equal(2, node.Source.Expected);
        if (!isDriverThere) ProbedNode.Inventory(node.Start().Sink, ProbedNode.Card(A, "GPU-1"));
        Assert.Equal(DevicePresence.Lost, node.At(C).Presence.Presence);
    }

    [Fact]
    public void Looking_at_suspects_costs_no_memory_while_nothing_changes()
    {
        Measured();
        _supervisor.Stuck(null, SupervisedSource.Call(A), TimeSpan.FromSeconds(20));
        Report();
        Assert.Equal(0, Allocated.By(Report));
    }

    private (ProbeProcess Probe, IFrameSink Sink) Measured()
    {
        var started = _node.Start();
        ProbedNode.Inventory(started.Sink, ProbedNode.Card(A, "GPU-1"), ProbedNode.Card(B, "GPU-2"));
        ProbedNode.Sample(started.Sink, 0);
        ProbedNode.Sample(started.Sink, 1);
        Assess();
        _supervisor.Started(null, TimeSpan.Zero);
        _supervisor.Swept(null, TimeSpan.Zero);
        Report();
        Assert.Equal(2, _node.Source.Found);
        Assert.Empty(_node.Told());
        return started;
    }

    private void OnBus(string place)
    {
        var folder = Directory.CreateDirectory(Path.Join(_node.Folder, "sys/bus/pci/devices", place)).FullName;
        foreach (var (name, value) in new[] { ("vendor", "0x10de"), ("device", "0x2330"), ("class", "0x030200") }) File.WriteAllText(Path.Join(folder, name), value + "\n");
    }

    private void Report() => Report(_node);

    private void Report(ProbedNode node) => node.Intake.Report(_supervisor, abandoned: 0, new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)));

    private void Assess() => _node.Assess();
}
