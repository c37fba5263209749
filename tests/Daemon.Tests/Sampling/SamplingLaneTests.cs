using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Tests.Probes;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sampling;

public sealed class SamplingLaneTests : IDisposable
{
    private readonly LaneBench _bench = new(new DoubleSource("0000:18:00.0", "0000:5d:00.0"));

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void A_sweep_sends_a_sample_of_each_device_and_its_end()
    {
        Assert.True(_bench.Lane.Sweep());
        var frames = _bench.Frames();
        Assert.Equal([FrameType.Sample, FrameType.Sample, FrameType.SweepEnd], frames.Select(frame => frame.Type));
        Assert.Equal([0, 1], frames.Take(2).Select(frame => (int)SampleFrameReader.OrdinalOf(frame.Payload)));
        var sample = new Sample();
        Assert.True(SampleFrameReader.TryRead(frames[1].Payload, sample, static (_, _) => { }));
        Assert.Equal([Reading.Of(SignalId.TemperatureGpu, 41), Reading.Of(SignalId.Power, 41)], sample.Readings.ToArray());
    }

    [Fact]
    public void Each_call_is_announced_with_its_device_its_name_and_its_deadline_and_taken_back()
    {
        var seen = new List<string>();
        _bench.Source.DuringRead = (_, _) =>
            seen.Add(_bench.Slots.Read(ProbeLane.Fast) is { } call ? $"{call.Device} {call.Call} {call.Deadline.TotalMilliseconds}" : "nothing");
        _bench.Lane.Sweep();
        Assert.Equal(["0000:18:00.0 thermal 700", "0000:18:00.0 power 700", "0000:5d:00.0 thermal 700", "0000:5d:00.0 power 700"], seen);
        Assert.Null(_bench.Slots.Read(ProbeLane.Fast));
    }

    [Fact]
    public void The_slow_lane_reads_its_own_calls_under_its_own_deadline()
    {
        using var slow = new LaneBench(new DoubleSource("0000:18:00.0"), SampleGroup.Slow);
        var seen = new List<string>();
        slow.Source.DuringRead = (_, group) => seen.Add($"{group} {slow.Slots.Read(ProbeLane.Slow)?.Call} {slow.Slots.Read(ProbeLane.Slow)?.Deadline.TotalSeconds}");
        slow.Lane.Sweep();
        Assert.Equal(["2 ecc 9"], seen);
    }

    [Fact]
    public void Calls_and_sweeps_are_timed()
    {
        _bench.Source.DuringRead = (_, group) => _bench.Time.Advance(TimeSpan.FromMilliseconds(group == 0 ? 2 : 3));
        _bench.Lane.Sweep();
        var frames = _bench.Frames();
        var calls = new List<(int, long)>();
        Assert.True(SampleFrameReader.TryRead(frames[0].Payload, new Sample(), (group, nanoseconds) => calls.Add((group, nanoseconds))));
        Assert.Equal([(0, 2_000_000L), (1, 3_000_000L)], calls);
        Assert.True(SweepEndFrame.TryRead(frames[^1].Payload, out var sweep));
        Assert.Equal((SampleGroup.Fast, 10_000_000, 0u), (sweep.Group, sweep.Nanoseconds, sweep.Skipped));
    }

    [Fact]
    public void A_full_pipe_skips_the_sweep_and_the_next_one_that_gets_through_says_how_many()
    {
        _bench.Pipe.Fill();
        Assert.False(_bench.Lane.Sweep());
        Assert.False(_bench.Lane.Sweep());
        _bench.Pipe.Drain();
        Assert.True(_bench.Lane.Sweep());
        Assert.True(SweepEndFrame.TryRead(_bench.Frames()[^1].Payload, out var sweep));
        Assert.Equal(2u, sweep.Skipped);
        Assert.True(_bench.Lane.Sweep());
        Assert.True(SweepEndFrame.TryRead(_bench.Frames()[^1].Payload, out sweep));
        Assert.Equal(0u, sweep.Skipped);
    }

    [Fact]
    public void A_fast_sweep_is_written_at_once_and_a_slow_one_device_by_device()
    {
        using var slow = new LaneBench(new DoubleSource("0000:18:00.0", "0000:5d:00.0"), SampleGroup.Slow);
        var sent = new List<int>();
        _bench.Source.DuringRead = (_, _) => sent.Add(_bench.Pipe.Drain().Length);
        slow.Source.DuringRead = (_, _) => sent.Add(slow.Frames().Count);
        _bench.Lane.Sweep();
        Assert.Equal([0, 0, 0, 0], sent);
        sent.Clear();
        slow.Lane.Sweep();
        Assert.Equal([0, 1], sent);
    }

    [Fact]
    public void A_device_without_a_handle_is_not_called()
    {
        var source = new DoubleSource("0000:18:00.0", "0000:5d:00.0");
        source.Unreachable.Add(0);
        using var bench = new LaneBench(source);
        var read = new List<int>();
        source.DuringRead = (ordinal, _) => read.Add(ordinal);
        bench.Lane.Sweep();
        Assert.Equal([1, 1], read);
        Assert.False(bench.Devices.IsSilent);
    }

    [Fact]
    public void Devices_are_silent_when_not_one_gave_a_value()
    {
        _bench.Source.Lost.Add(0);
        _bench.Lane.Sweep();
        Assert.Equal((false, true, false), (_bench.Devices.IsAnswering(0), _bench.Devices.IsAnswering(1), _bench.Devices.IsSilent));
        _bench.Source.Lost.Add(1);
        _bench.Lane.Sweep();
        Assert.True(_bench.Devices.IsSilent);
        _bench.Source.Lost.Clear();
        _bench.Lane.Sweep();
        Assert.False(_bench.Devices.IsSilent);
    }

    [Fact]
    public void A_thousand_sweeps_cost_no_memory()
    {
        Assert.Equal(0, Allocated.By(Sweep));
    }

    private void Sweep()
    {
        _bench.Lane.Sweep();
        _bench.Pipe.Drain();
    }
}
