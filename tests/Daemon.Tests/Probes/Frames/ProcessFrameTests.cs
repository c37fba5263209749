using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Tests.Sampling;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Probes.Frames;

public sealed class ProcessFrameTests : IDisposable
{
    private readonly PipePair _pipe = new();
    private readonly DeviceProcess[] _read = new DeviceProcess[ProcessFrame.Most];
    private readonly ProcessFrame _frame;

    public ProcessFrameTests()
    {
        _frame = new ProcessFrame(new FrameBuilder(FrameBytes.Generation), _pipe.Output);
        _frame.Begin(3, new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    }

    public void Dispose() => _pipe.Dispose();

    [Fact]
    public void What_was_listed_comes_out_as_it_went_in()
    {
        _frame.Add(new DeviceProcess(4194304, 1L << 36, DeviceProcessKind.Compute));
        _frame.Add(new DeviceProcess(7, -1, DeviceProcessKind.Shared));
        Assert.Equal(new ProcessList(3, NoDataReason.None, 2, 2), Sent());
        Assert.Equal([new(4194304, 1L << 36, DeviceProcessKind.Compute), new(7, -1, DeviceProcessKind.Shared)], _read[..2]);
    }

    [Fact]
    public void More_than_a_frame_holds_is_counted()
    {
        for (var pid = 1; pid <= 300; pid++) _frame.Add(new DeviceProcess(pid, 0, DeviceProcessKind.Compute));
        _frame.Omitted(5);
        Assert.Equal(new ProcessList(3, NoDataReason.None, 305, ProcessFrame.Most), Sent());
        Assert.Equal(ProcessFrame.Most, _read[^1].Pid);
    }

    [Fact]
    public void A_list_that_could_not_be_had_says_why()
    {
        _frame.None(NoDataReason.NoPermission);
        Assert.Equal(new ProcessList(3, NoDataReason.NoPermission, 0, 0), Sent());
    }

    [Fact]
    public void A_broken_payload_is_refused_at_every_length()
    {
        _frame.Add(new DeviceProcess(7, 1, DeviceProcessKind.Compute));
        Assert.True(_frame.TrySend());
        var whole = FrameBytes.Read(_pipe.Drain().ToArray()).Frames[0].Payload;
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.False(ProcessFrameReader.TryRead(whole.AsSpan(0, length), _read, out _)));
        Assert.True(ProcessFrameReader.TryRead(whole, _read, out _));
        whole[^1] = 3; // a kind that has no name
        Assert.False(ProcessFrameReader.TryRead(whole, _read, out _));
    }

    private ProcessList Sent()
    {
        Assert.True(_frame.TrySend());
        var (frames, refused, kept) = FrameBytes.Read(_pipe.Drain().ToArray());
        Assert.Equal((0, 0L, FrameType.Processes), (refused, kept, Assert.Single(frames).Type));
        Assert.True(ProcessFrameReader.TryRead(frames[0].Payload, _read, out var list));
        return list;
    }
}
