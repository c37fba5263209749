using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources.Host;
using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sources.Host;

public sealed class HostSamplerTests : IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly ManualTimeProvider _time = new();
    private readonly NodeView _view;
    private readonly HostSampler _sampler;

    public HostSamplerTests()
    {
        _view = new NodeView(new NodeFacts { Name = "n1", BootId = "b", Version = "1", Started = _time.GetUtcNow(), Root = _root.Path }, _time);
        _sampler = new HostSampler(_view, [NvmlHostWatch.Watch], _time);
        Process(1, "systemd", 'S');
    }

    public void Dispose()
    {
        _sampler.Dispose();
        _root.Dispose();
    }

    [Fact]
    public void A_process_is_stuck_after_five_looks_in_a_row_and_not_before()
    {
        Process(77, "nvidia-smi", 'D');
        Process(78, "cp a (b) c", 'D');
        for (var look = 1; look < ProcessLook.LooksToStick; look++) Assert.Equal((3, 2, 0, 0), Counts(_sampler.Read()));
        var read = _sampler.Read();
        Assert.Equal((3, 2, 2, 1), Counts(read));
        Assert.Equal("nvidia-smi (77)", read.StuckExample);
    }

    [Fact]
    public void A_process_that_ran_in_between_or_another_under_its_number_begins_anew()
    {
        Process(77, "nvidia-smi", 'D');
        for (var look = 1; look < ProcessLook.LooksToStick; look++) _sampler.Read();
        Process(77, "nvidia-smi", 'R');
        _sampler.Read();
        Process(77, "nvidia-smi", 'D');
        Assert.Equal(0, _sampler.Read().StuckProcesses);
        for (var look = 2; look < ProcessLook.LooksToStick; look++) _sampler.Read();
        Process(77, "nvidia-smi", 'D', start: 99);
        Assert.Equal(0, _sampler.Read().StuckProcesses);
    }

    [Fact]
    public void One_broken_file_costs_itself_alone()
    {
        _root.Write("proc/80/stat", "80 (half");
        Directory.CreateDirectory(Path.Join(_root.Path, "proc/81"));
        Process(82, "python", 'D');
        Assert.Equal((2, 1, 0, 0), Counts(_sampler.Read()));
    }

    [Fact]
    public void Where_processes_of_others_are_hidden_nothing_is_said_of_any()
    {
        Directory.Delete(Path.Join(_root.Path, "proc/1"), recursive: true);
        Process(4711, "forewarn", 'S');
        Switch();
        var read = _sampler.Read();
        Assert.Equal(-1, read.Processes);
        Assert.Equal((true, (bool?)null), Part(read, HostPartKind.Fabric));
    }

    [Fact]
    public void The_fabric_manager_is_needed_where_there_are_switches()
    {
        Assert.Equal((false, (bool?)false), Part(_sampler.Read(), HostPartKind.Fabric));
        Switch();
        for (var turn = 1; turn < 50; turn++) Assert.False(Part(_sampler.Read(), HostPartKind.Fabric).IsNeeded); // looked at again after ten minutes
        Assert.Equal((true, (bool?)false), Part(_sampler.Read(), HostPartKind.Fabric));
        Process(900, "nv-fabricmanage", 'S');
        Assert.Equal((true, (bool?)true), Part(_sampler.Read(), HostPartKind.Fabric));
    }

    [Fact]
    public void Peermem_is_needed_where_card_and_adapter_are_and_found_among_the_modules()
    {
        _root.Write("proc/driver/nvidia/version", "NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.163.01  Tue\n");
        _root.Write("sys/class/infiniband/mlx5_0/node_guid", "0\n");
        _root.Write("proc/modules", "nvidia 54321 8 nvidia_uvm, Live 0x0\nib_core 1 2 - Live 0x0\n");
        Assert.Equal((true, (bool?)false), Part(_sampler.Read(), HostPartKind.PeerMemory));
        _root.Write("proc/modules", "nvidia 54321 8 nvidia_uvm, Live 0x0\nnvidia_peermem 1 0 - Live 0x0\n");
        Assert.Equal((true, (bool?)true), Part(_sampler.Read(), HostPartKind.PeerMemory));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("# nodes\n\n", false)]
    [InlineData("# nodes\n10.0.0.1\n", true)]
    public void Imex_is_needed_where_nodes_are_named(string nodes, bool isNeeded)
    {
        _root.Write("etc/nvidia-imex/nodes_config.cfg", nodes);
        Assert.Equal((isNeeded, (bool?)false), Part(_sampler.Read(), HostPartKind.MemoryExport));
    }

    [Fact]
    public void Time_that_passes_is_no_jump()
    {
        _sampler.Read();
        _time.Advance(TimeSpan.FromHours(3));
        Assert.Equal(TimeSpan.Zero, _sampler.Read().ClockJump);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(-3600)]
    public void A_wall_clock_that_is_set_is_a_jump(int seconds)
    {
        var clock = new TwoClocks();
        using var sampler = new HostSampler(_view, [], clock);
        sampler.Read();
        clock.Pass(TimeSpan.FromSeconds(12), set: TimeSpan.FromSeconds(seconds));
        var jumped = sampler.Read();
        Assert.Equal((TimeSpan.FromSeconds(seconds), clock.GetUtcNow()), (jumped.ClockJump, jumped.ClockJumped));
        clock.Pass(TimeSpan.FromSeconds(12), set: TimeSpan.FromMilliseconds(20));
        Assert.Equal(jumped.ClockJumped, sampler.Read().ClockJumped);
    }

    [Fact]
    public void It_reads_by_itself_every_twelve_seconds()
    {
        _sampler.Start();
        Assert.Null(_view.Host);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, _view.Host?.Processes);
        Process(2, "kthreadd", 'S');
        _time.Advance(HostSampler.Period);
        Assert.Equal(2, _view.Host?.Processes);
    }

    private static (int, int, int, int) Counts(HostReadings read) => (read.Processes, read.Blocked, read.StuckProcesses, read.StuckOfDriver);

    private static (bool IsNeeded, bool? IsThere) Part(HostReadings read, HostPartKind kind)
    {
        var part = Assert.Single(read.Parts, part => part.Kind == kind);
        return (part.IsNeeded, part.IsThere);
    }

    private void Process(int pid, string name, char state, long start = 7)
        => _root.Write($"proc/{pid}/stat", $"{pid} ({name}) {state} 1 1 1 0 -1 4194560 1 1 1 1 5 6 0 0 20 0 1 0 {start} 1 1\n");

    private void Switch()
    {
        const string place = "sys/bus/pci/devices/0000:06:00.0";
        _root.Write($"{place}/vendor", "0x10de\n");
        _root.Write($"{place}/device", "0x22a3\n");
        _root.Write($"{place}/class", "0x068000\n");
    }

    /// <summary>A wall clock that can be set while the monotonic one goes on.</summary>
    private sealed class TwoClocks : TimeProvider
    {
        private DateTimeOffset _wall = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        private TimeSpan _steady;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => _wall;

        public override long GetTimestamp() => _steady.Ticks;

        public void Pass(TimeSpan time, TimeSpan set) => (_wall, _steady) = (_wall + time + set, _steady + time);
    }
}
