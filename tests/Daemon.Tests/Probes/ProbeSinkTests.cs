using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Tests.Probes.Frames;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Probes;

public sealed class ProbeSinkTests : IDisposable
{
    private readonly ProbedNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact]
    public void An_inventory_becomes_devices_in_the_order_of_their_places()
    {
        var (_, sink) = _node.Start();
        ProbedNode.Inventory(sink, ProbedNode.Card("0000:5d:00.0", "GPU-2"), ProbedNode.Card("0000:18:00.0", "GPU-1"));
        Assert.Equal(["GPU-1", "GPU-2"], _node.View.Devices.Select(device => device.Device.Id.Value));
        Assert.Equal(("550.1", "12.1", 2L), (_node.Source.DriverVersion, _node.Source.LibraryVersion, _node.Source.Expected));
        Assert.Equal(0, _node.Source.RefusedFrames);
    }

    [Fact]
    public void A_sample_carries_device_boot_and_generation()
    {
        _node.Start();
        var (_, sink) = _node.Start();
        ProbedNode.Inventory(sink, ProbedNode.Card("0000:18:00.0", "GPU-1"), ProbedNode.Card("0000:5d:00.0", "GPU-2"));
        ProbedNode.Sample(sink, ordinal: 1);
        Assert.True(_node.Samples.TryTake(out var sample));
        Assert.Equal(("GPU-2", "boot-1", 2u), (sample.Device?.Id.Value, sample.BootId, sample.Generation));
        Assert.Equal(1, _node.Source.CallGroup("power").Seconds);
    }

    [Fact]
    public void A_sample_carries_how_long_its_own_calls_took()
    {
        var (_, sink) = _node.Start();
        ProbedNode.Inventory(sink, ProbedNode.Card("0000:18:00.0", "GPU-1"));
        for (var i = 0; i < 3; i++)
        {
            ProbedNode.Sample(sink, ordinal: 0);
            Assert.True(_node.Samples.TryTake(out var sample));
            Assert.Equal(TimeSpan.FromSeconds(1), sample.CallTime);
            _node.Samples.Return(sample);
        }
    }

    [Fact]
    public void What_was_read_at_once_wakes_whoever_judges_once()
    {
        var (_, sink) = _node.Start();
        ProbedNode.Inventory(sink, ProbedNode.Card("0000:18:00.0", "GPU-1"), ProbedNode.Card("0000:5d:00.0", "GPU-2"));
        var wakes = 0;
        _node.Samples.Arrived = () => wakes++;
        byte[] sweep = [.. Measured(0), .. Measured(1)];
        new FramePump(new MemoryStream(sweep), FrameBytes.Generation, sink).Run();
        Assert.Equal((1, 2), (wakes, _node.Samples.Meter.Depth));

        static byte[] Measured(ushort ordinal) => FrameBytes.Of(FrameType.Sample, builder => ProbedNode.WriteSample(builder, ordinal));
    }

    [Fact]
    public void Ordinals_that_no_inventory_named_are_refused()
    {
        var (_, sink) = _node.Start();
        ProbedNode.Sample(sink, ordinal: 0);
        ProbedNode.Inventory(sink, ProbedNode.Card("0000:18:00.0", "GPU-1"));
        ProbedNode.Sample(sink, ordinal: 1);
        ProbedNode.Sample(sink, ordinal: ushort.MaxValue);
        Assert.Equal(3, _node.Source.RefusedFrames);
        Assert.False(_node.Samples.TryTake(out _));
    }

    [Fact]
    public void Broken_payloads_and_unknown_types_are_counted_and_nothing_else()
    {
        var (_, sink) = _node.Start();
        foreach (var type in Enum.GetValues<FrameType>().Except([FrameType.Hello])) sink.Take(type, [1]); // a hello that cannot be read is another build's
        sink.Take((FrameType)200, []);
        Assert.Equal(8, _node.Source.RefusedFrames);
        Assert.Empty(_node.View.Devices);
        Assert.Empty(_node.Told());
    }

    [Fact]
    public void Random_payloads_never_throw()
    {
        var (_, sink) = _node.Start();
        ProbedNode.Inventory(sink, ProbedNode.Card("0000:18:00.0", "GPU-1"));
        var random = new Random(20260102);
        for (var i = 0; i < 20_000; i++)
        {
            var payload = new byte[random.Next(0, 200)];
            random.NextBytes(payload);
            // Device rows of noise would fill the node with devices; their reader has its own tests.
            sink.Take(random.Next(3, 9) is var type && type is 6 ? FrameType.Sample : (FrameType)type, payload);
        }

        ProbedNode.Sample(sink, ordinal: 0, watts: 123);
        Sample? last = null;
        while (_node.Samples.TryTake(out var sample)) last = sample;
        Assert.Equal(123, Assert.Single(last!.Readings.ToArray()).Value);
    }

    [Fact]
    public void An_inventory_of_which_a_row_was_lost_declares_no_card_lost()
    {
        var (_, first) = _node.Start();
        ProbedNode.Inventory(first, ProbedNode.Card("0000:18:00.0", "GPU-1"), ProbedNode.Card("0000:5d:00.0", "GPU-2"));
        var (_, second) = _node.Start();
        ProbedNode.Send(second, FrameType.Device, new DeviceFrame(1, ProbedNode.Card("0000:5d:00.0", "GPU-2"), NoDataReason.None, "").Write);
        ProbedNode.InventoryEnd(second, 2);
        Assert.Equal(DevicePresence.Unknown, _node.At("0000:18:00.0").Presence.Presence);
        Assert.Equal(1, _node.Source.RefusedFrames);
    }

    [Fact]
    public void A_retired_probe_is_not_listened_to()
    {
        var (probe, sink) = _node.Start();
        ProbedNode.Inventory(sink, ProbedNode.Card("0000:18:00.0", "GPU-1"));
        probe.Kill();
        ProbedNode.Sample(sink, ordinal: 0);
        Assert.False(_node.Samples.TryTake(out _));
        Assert.Equal(0, _node.Source.RefusedFrames);
    }

    [Fact]
    public void What_the_driver_announced_becomes_an_event_and_is_counted_on_its_card()
    {
        var (_, sink) = _node.Start();
        ProbedNode.Inventory(sink, ProbedNode.Card("0000:18:00.0", "GPU-1"));
        ProbedNode.Send(sink, FrameType.Event, new EventFrame(0, HealthEventKind.DriverError, 79, 1, "Xid 79").Write);
        ProbedNode.Send(sink, FrameType.Event, new EventFrame(EventFrame.NoDevice, HealthEventKind.DriverError, 13, 1, "Xid 13").Write);
        Assert.Equal(["DriverError 0000:18:00.0: Xid 79", "DriverError: Xid 13"], _node.Told()); // which assesses them
        Assert.Equal(1, _node.At("0000:18:00.0").DriverErrors[79]);
    }

    [Fact]
    public void Sweeps_of_the_main_probe_are_measured_and_skipped_ones_counted()
    {
        var (probe, sink) = _node.Start();
        ProbedNode.SweepEnd(sink, SampleGroup.Fast, skipped: 3);
        Assert.Equal((0.005, 3L), (_node.Source.FastSweep.SumSeconds, _node.Source.SkippedSweeps));
        Assert.Equal(639000000000000000, _node.Source.LastSuccess.UtcTicks);
        Assert.Equal((1000L, 2), probe.Heap);

        var (_, solo) = _node.Start(only: "0000:18:00.0");
        ProbedNode.SweepEnd(solo, SampleGroup.Fast);
        Assert.Equal(0.005, _node.Source.FastSweep.SumSeconds);
    }

    [Fact]
    public void A_probe_has_swept_each_group_for_itself()
    {
        var (main, sink) = _node.Start();
        ProbedNode.SweepEnd(sink, SampleGroup.Slow);
        Assert.False(main.HasSwept);
        ProbedNode.SweepEnd(sink, SampleGroup.Fast);
        Assert.True(main.HasSwept);

        // A card whose slow calls hang would otherwise be back among the others before their deadline has passed.
        var (solo, soloSink) = _node.Start(only: "0000:18:00.0");
        ProbedNode.SweepEnd(soloSink, SampleGroup.Fast);
        Assert.Equal((true, false), (solo.HasSwept, solo.HasSweptSlowly));
        ProbedNode.SweepEnd(soloSink, SampleGroup.Slow);
        Assert.True(solo.HasSweptSlowly);
    }
}
