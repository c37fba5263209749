using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Daemon.Tests.Probes;
using Forewarn.Interop.Linux;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>The reader's thread wakes four times a second for as long as the agent runs, mostly for nothing.</summary>
public sealed class KernelIdleTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly ManualResetEvent _stop = new(initialState: true);

    public void Dispose()
    {
        _stop.Dispose();
        _root.Dispose();
    }

    [Fact]
    public void Waking_for_nothing_allocates_nothing()
    {
        using var log = new GrowingLog(_root.Write("kmsg", "6,7,100,-;usb 1-1: new high-speed USB device\n"), _stop);
        var events = new EventQueue(TimeProvider.System);
        var view = new NodeView(new NodeFacts { Name = "n", BootId = KernelBench.Boot, Version = "1", Root = _root.Path, Started = TimeProvider.System.GetUtcNow() });
        var time = new KernelTime(TimeProvider.System, KernelTime.Monotonic(TimeProvider.System), new KernelSleeps(KernelClock.Asleep));
        var devices = new KernelDevices(view, TimeProvider.System);
        var outlet = new KernelLogOutlet(events.Add, events.Advance, () => KernelBench.Boot, TimeProvider.System, from: null);
        var meters = new KernelLogView(TimeProvider.System.GetUtcNow());
        var reader = new KernelLogReader(log, new KernelLines(devices), devices, time, meters, outlet);
        _ = time.HasSlept(log);
        Assert.True(reader.ReadOne());
        Assert.Equal(0, Allocated.By(
            () =>
            {
                Assert.False(reader.ReadOne());
                reader.Idle();
                log.Wait(milliseconds: 250); // it is to stop: it does not wait
                time.Woke();
                Assert.False(time.HasSlept(log));
            },
            times: 100));
        Assert.Equal(1, meters.Records);
    }
}
