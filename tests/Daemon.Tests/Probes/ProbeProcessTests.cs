using Forewarn.Daemon.Probes;

namespace Forewarn.Daemon.Tests.Probes;

public sealed class ProbeProcessTests : IDisposable
{
    private readonly ProbedNode _node = new();

    public void Dispose() => _node.Dispose();

    [Fact(Timeout = 20_000)]
    public async Task It_ends_when_its_standard_input_closes()
    {
        var (probe, _) = _node.Start();
        Assert.Null(probe.End);
        probe.Stop();
        Assert.Equal(0, (await Ended(probe)).Code);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_signal_that_ended_it_is_named()
    {
        var (probe, _) = _node.Start();
        probe.Kill();
        var end = await Ended(probe);
        Assert.Equal(("SIGKILL", 9, false, false), (end.Name, end.Signal, end.IsCrash, end.IsRequest));
    }

    [Theory]
    [InlineData(139, "SIGSEGV", true, false)]
    [InlineData(134, "SIGABRT", true, false)]
    [InlineData(143, "SIGTERM", false, false)]
    [InlineData(162, "signal 34", false, false)]
    [InlineData(1, "exit code 1", false, false)]
    [InlineData(10, "exit code 10", false, true)]
    [InlineData(11, "exit code 11", false, true)]
    [InlineData(12, "exit code 12", false, true)]
    [InlineData(13, "exit code 13", false, false)]
    public void Ends_are_told_apart(int code, string name, bool isCrash, bool isRequest)
        => Assert.Equal((name, isCrash, isRequest), (new ProbeEnd(code).Name, new ProbeEnd(code).IsCrash, new ProbeEnd(code).IsRequest));

    [Fact(Timeout = 20_000)]
    public async Task The_call_it_died_in_can_still_be_read()
    {
        var (probe, _) = _node.Start();
        using var slots = CallSlots.Open(probe.Settings.Slots);
        slots.Enter(ProbeLane.Fast, CallSlots.Tag("0000:5d:00.0"), CallSlots.Tag("thermal"), 1, 1000);
        probe.Kill();
        await Ended(probe);
        Assert.Equal(("0000:5d:00.0", "thermal"), Assert.Single(probe.CallsInFlight()) is var call ? (call.Device, call.Call) : default);
    }

    [Fact]
    public void Silence_is_the_time_without_a_frame()
    {
        var (probe, _) = _node.Start();
        _node.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(3), probe.MeasureSilence());
        probe.Heard();
        Assert.Equal(TimeSpan.Zero, probe.MeasureSilence());
    }

    [Fact]
    public void A_probe_that_goes_from_one_slow_call_to_the_next_is_not_silent()
    {
        var (probe, _) = _node.Start();
        using var slots = CallSlots.Open(probe.Settings.Slots);
        var guard = new CallGuard(slots, ProbeLane.Fast, _node.Time);
        for (var call = 0; call < 7; call++)
        {
            var start = guard.Enter(CallSlots.Tag("0000:5d:00.0"), CallSlots.Tag("thermal"), TimeSpan.FromSeconds(1));
            _node.Time.Advance(TimeSpan.FromMilliseconds(900));
            Assert.InRange(probe.MeasureSilence(), TimeSpan.Zero, TimeSpan.FromMilliseconds(900));
            guard.Leave(start);
        }
    }

    [Fact]
    public void A_program_that_cannot_be_started_leaves_nothing_behind()
    {
        Assert.ThrowsAny<Exception>(() => _node.Start(program: Path.Join(_node.Folder, "is-not-there")));
        Assert.Empty(Directory.EnumerateFiles(_node.Folder, "*.slots"));
    }

    [Fact]
    public void It_inherits_nothing_by_which_systemd_would_take_it_for_the_agent()
    {
        var environment = new Dictionary<string, string?> { ["NOTIFY_SOCKET"] = "/x", ["WATCHDOG_USEC"] = "1", ["WATCHDOG_PID"] = "1", ["PATH"] = "/bin" };
        new ProbeLaunch("forewarn", "/run", new Dictionary<string, string> { ["FOREWARN_SIM_ROOT"] = "/sim" }).Apply(environment);
        Assert.DoesNotContain(environment.Keys, key => key.StartsWith("NOTIFY", StringComparison.Ordinal) || key.StartsWith("WATCHDOG", StringComparison.Ordinal));
        Assert.Equal(("/bin", "/sim", "0"), (environment["PATH"], environment["FOREWARN_SIM_ROOT"], environment["DOTNET_gcConcurrent"]));
    }

    /// <summary>The kernel needs a moment to end a process; nothing here depends on how long.</summary>
    private static async Task<ProbeEnd> Ended(ProbeProcess probe)
    {
        while (true)
        {
            if (probe.End is { } end) return end;
            await Task.Yield();
        }
    }
}
