using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Daemon.Tests.Pipeline;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>The source on its own thread, on a file that grows as a simulated node's does.</summary>
public sealed class KernelSourceTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _root = new();
    private readonly EventQueue _events = new(TimeProvider.System);
    private readonly NodeView _view;

    public KernelSourceTests()
    {
        _view = new NodeView(new NodeFacts { Name = "n", BootId = "", Version = "1", Root = _root.Path, Started = TimeProvider.System.GetUtcNow() });
        _root.Write("proc/sys/kernel/random/boot_id", KernelBench.Boot + "\n");
        _root.Write("proc/uptime", "3600.00 1.00\n");
    }

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task What_stands_there_and_what_comes_is_told_and_a_reboot_is_noticed()
    {
        _root.Write("dev/kmsg", "6,0,0,-;Linux version\n3,1,60000000,-;NVRM: Xid (PCI:0000:81:00): 45, old\n");
        using var source = Source();
        source.Start(from: null);
        await QueuedAsync(1);
        File.AppendAllText(Path.Join(_root.Path, "dev/kmsg"), "3,2,61000000,-;NVRM: Xid (PCI:0000:81:00): 48, new\n");
        await QueuedAsync(2);
        File.Delete(Path.Join(_root.Path, "dev/kmsg"));
        _root.Write("proc/sys/kernel/random/boot_id", KernelBench.Boot.Replace('1', '2') + "\n");
        _root.Write("dev/kmsg", "3,0,0,-;NVRM: Xid (PCI:0000:81:00): 79, after the reboot\n");
        await QueuedAsync(3);
        source.Stop();

        var events = QueuedEvents.Of(_events);
        Assert.Equal([45L, 48L, 79L], events.Select(happened => happened.Code));
        var now = TimeProvider.System.GetUtcNow();
        Assert.InRange(now - events[0].FirstSeen, TimeSpan.FromMinutes(58), TimeSpan.FromMinutes(60)); // 3,600 s up, stamped at 60 s
        Assert.InRange(now - events[1].FirstSeen, TimeSpan.Zero, TimeSpan.FromSeconds(30)); // waited for, whatever its stamp
        Assert.Equal([new(KernelBench.Boot, 1), new(KernelBench.Boot, 2), new(KernelBench.Boot.Replace('1', '2'), 0)], events.Select(happened => happened.Cursor!.Value));
        Assert.Equal((SourceState.Running, 4L), (_view.KernelLog!.Status.State, _view.KernelLog.Records));
    }

    [Fact]
    public async Task A_restart_goes_on_where_it_was()
    {
        _root.Write("dev/kmsg", "3,1,1,-;NVRM: Xid (PCI:0000:81:00): 45, old\n3,2,1,-;NVRM: Xid (PCI:0000:81:00): 48, new\n");
        using var source = Source();
        source.Start(new KernelCursor(KernelBench.Boot, 1));
        await QueuedAsync(1);
        Assert.Equal(48, Assert.Single(QueuedEvents.Of(_events)).Code);
    }

    [Fact]
    public async Task A_log_that_cannot_be_had_is_an_event_and_a_state()
    {
        using var source = Source();
        source.Start(from: null);
        await QueuedAsync(1);
        var told = Assert.Single(QueuedEvents.Of(_events));
        Assert.Equal((HealthEventKind.SourceChanged, "kernel", $"Unavailable: {_root.Path}/dev/kmsg is not there"), (told.Kind, told.Source, told.Text));
        Assert.Equal((SourceState.Unavailable, NoDataReason.NotSupported), (_view.KernelLog!.Status.State, _view.KernelLog.Status.Reason));
    }

    [Fact]
    public async Task It_waits_for_the_sources_to_know_their_devices()
    {
        _root.Write("dev/kmsg", "3,1,1,-;NVRM: Xid (PCI:0000:81:00): 45, old\n");
        var cards = new SourceView("nvml", DriverErrorCatalog.Xid, TimeProvider.System.GetUtcNow());
        _view.Add(cards);
        using var source = Source();
        source.Start(from: null);
        _view.Upsert(new Device { Id = new DeviceId("GPU-a"), Vendor = new Vendor("nvidia"), PciAddress = "0000:81:00.0" }, cards);
        cards.LastSuccess = TimeProvider.System.GetUtcNow();
        await QueuedAsync(1);
        Assert.Equal("GPU-a", QueuedEvents.Of(_events)[0].Device!.Id.Value);
    }

    private KernelSource Source() => new(new KernelLogOptions { Enabled = true, Path = "" }, _view, _events, TimeProvider.System);

    private Task QueuedAsync(int events) => Eventually.TrueAsync(() => _events.Meter.Depth >= events, Soon, $"{events} events were told");
}
