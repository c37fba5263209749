using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Daemon.Tests.Probes.Frames;
using Forewarn.Interop.Linux;
using Forewarn.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Probes;

/// <summary>The host with real child processes: shell scripts that send what a probe sent at its start, and then wait for their end.</summary>
public sealed class SourceHostTests : IDisposable
{
    private const string A = "0000:18:00.0";
    private const string B = "0000:5d:00.0";
    private readonly ProbedNode _node = new();
    private SourceHost? _host;

    private SourceHost Host => _host ?? throw new InvalidOperationException("not started");

    public void Dispose()
    {
        _host?.Stop();
        _node.Dispose();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_hung_call_costs_its_probe_and_the_next_one_starts_without_that_card()
    {
        await Start(Inventory(1, A, B), Inventory(2, B));
        var first = Host.Running[0];
        using var slots = CallSlots.Open(first.Settings.Slots);
        slots.Enter(ProbeLane.Fast, CallSlots.Tag(A), CallSlots.Tag("thermal"), _node.Time.GetTimestamp(), 1000);
        await Pass(0.9);
        Assert.Same(first, Assert.Single(Host.Running));
        await Pass(0.2);
        await Until(() => Host.Running is [{ Settings.Generation: 2, HasSwept: true }] && _node.Source.Status.State == SourceState.Running);
        Assert.Equal([A], Host.Running[0].Settings.Except);
        Assert.Equal((DevicePresence.Stalled, 1L), (_node.At(A).Presence.Presence, _node.Source.Stalls));
        Assert.NotEqual(DevicePresence.Stalled, _node.At(B).Presence.Presence);
        await Until(() => !File.Exists(first.Settings.Slots)); // reaped
    }

    /// <summary>The list of processes follows the slow sweep in the same thread; a card that hangs there must not get back among the others.</summary>
    [Fact(Timeout = 30_000)]
    public async Task A_suspect_stays_apart_until_a_list_of_processes_would_have_been_found_to_hang()
    {
        await Start(Inventory(1, A, B), Inventory(2, B), FrameBytes.Join(Inventory(3, A), SlowSweepEnd(3)), Inventory(4, A, B));
        using var slots = CallSlots.Open(Host.Running[0].Settings.Slots);
        slots.Enter(ProbeLane.Slow, CallSlots.Tag(A), CallSlots.Tag("processes"), _node.Time.GetTimestamp(), 500);
        await Pass(0.9);
        await Until(() => Host.Running is [{ Settings.Generation: 2, HasSwept: true }] && _node.Source.Status.State == SourceState.Running);
        for (var i = 0; i < 4; i++) await Pass(2); // pauses of the whole agent, so that nobody's silence counts
        await Until(() => Host.Running is [_, { Settings.Generation: 3, HasSweptSlowly: true }]);
        var most = Settings.SlowDeadline + Settings.Processes - TimeSpan.FromSeconds(4); // two steps may have passed since it first measured
        for (var passed = TimeSpan.Zero; passed < most; passed += TimeSpan.FromSeconds(2)) await Pass(2);
        Assert.Equal(3u, Host.Running[^1].Settings.Generation);
        while (Host.Running is not [{ Settings.Generation: 4, Settings.Only: null }]) await Pass(2);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_killed_probe_is_replaced_and_named()
    {
        await Start(Inventory(1, A, B), Inventory(2, A, B));
        var probe = Host.Running[0];
        using var slots = CallSlots.Open(probe.Settings.Slots);
        for (var i = 0; i < 6; i++)
        {
            slots.Enter(ProbeLane.Fast, CallGuard.NoDevice, CallGuard.NoDevice, _node.Time.GetTimestamp(), 1000);
            slots.Leave(ProbeLane.Fast);
            await Pass(0.9);
        }

        Kill(probe.Pid); // it had lived: the next one does not wait
        await Until(() => Host.Running is [{ Settings.Generation: 2, HasSwept: true }]);
        Assert.Contains(_node.Told(), told => told.EndsWith("died with SIGKILL", StringComparison.Ordinal));
        Assert.Equal(1, _node.Source.Restarts);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_crash_blames_the_card_that_was_being_called()
    {
        await Start(Inventory(1, A, B), Inventory(2, B));
        using var slots = CallSlots.Open(Host.Running[0].Settings.Slots);
        slots.Enter(ProbeLane.Slow, CallSlots.Tag(A), CallSlots.Tag("ecc"), _node.Time.GetTimestamp(), 10_000);
        Assert.Equal(0, Libc.Kill(Host.Running[0].Pid, 11));
        await Until(() => Host.Running is [{ Settings.Generation: 2 }]);
        Assert.Equal([A], Host.Running[0].Settings.Except);
        await Until(() => _node.At(A).Presence.Detail == "the probe died with SIGSEGV in call 'ecc'");
    }

    [Fact(Timeout = 30_000)]
    public async Task A_probe_that_says_nothing_and_calls_nothing_is_ended()
    {
        await Start(Inventory(1, A, B), Inventory(2, A, B));
        await Pass(0.9);
        await Pass(0.9);
        Assert.Single(Host.Running);
        await Pass(0.8); // a period and a second
        Assert.Empty(Host.Running);
        await Pass(0.3); // it was young: the next one waits for a quarter of a second
        await Until(() => Host.Running is [{ Settings.Generation: 2 }]);
        Assert.Contains(_node.Told(), told => told.Contains("stopped without being in a call", StringComparison.Ordinal));
    }

    [Fact(Timeout = 30_000)]
    public async Task After_a_pause_of_the_whole_agent_silence_says_nothing()
    {
        await Start(Inventory(1, A, B));
        await Pass(60);
        await Pass(0.9);
        Assert.Equal(1u, Assert.Single(Host.Running).Settings.Generation);
    }

    [Fact(Timeout = 30_000)]
    public async Task Released_it_ends_its_probes_and_resumed_it_starts_them()
    {
        await Start(Inventory(1, A, B), Inventory(2, A, B));
        var slots = Host.Running[0].Settings.Slots;
        Assert.Empty(await Host.ReleaseAsync());
        Assert.False(File.Exists(slots));
        await Until(() => _node.Source.Status.State == SourceState.Released && _node.View.Devices.All(device => device.Presence.Presence == DevicePresence.Excluded));
        Host.Resume();
        await Until(() => Host.Running is [{ Settings.Generation: 2, HasSwept: true }]);
    }

    [Fact(Timeout = 30_000)]
    public async Task New_settings_reach_the_next_probe()
    {
        await Start(Inventory(1, A, B), Inventory(2, A, B));
        Host.Reconfigure(Settings with { Slow = TimeSpan.FromSeconds(7) });
        await Until(() => Host.Running is [{ Settings.Generation: 2 }]);
        Assert.Equal(TimeSpan.FromSeconds(7), Host.Running[0].Settings.Slow);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_program_that_cannot_be_started_holds_the_source_and_leaves_no_files()
    {
        _host = Made(Path.Join(_node.Folder, "is-not-there"));
        _host.Start();
        for (var i = 0; i < 40 && _node.Source.Status.State != SourceState.Held; i++) await Pass(0.5);
        Assert.Equal(SourceState.Held, _node.Source.Status.State);
        Assert.Empty(Directory.EnumerateFiles(_node.Folder, "*.slots"));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_probe_of_another_build_whose_numbers_mean_the_same_measures_and_is_told_once()
    {
        var other = ProbeBuild.Own with { Version = "0.0.9" };
        await Start(Inventory(1, other, A), Inventory(2, other, A));
        await Pass(10);
        Kill(Host.Running[0].Pid);
        await Until(() => Host.Running is [{ Settings.Generation: 2, HasSwept: true }]);
        Assert.Single(_node.Told(), told => told.Contains("restart the agent", StringComparison.Ordinal));
        Assert.StartsWith("the probe is of build 0.0.9 (", _node.Source.OtherBuild, StringComparison.Ordinal);
        Assert.Single(_node.View.Devices);
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_is_believed_of_a_probe_whose_numbers_mean_something_else_and_it_is_tried_again()
    {
        File.WriteAllBytes(Path.Join(_node.Folder, "frames-1"), Inventory(1, ProbeBuild.Own with { Numbers = ~ProbeBuild.Own.Numbers }, A));
        File.WriteAllBytes(Path.Join(_node.Folder, "frames-2"), Inventory(2, A));
        _host = Made(Script());
        _host.Start();
        await Until(() => _node.Source.Status.State == SourceState.Unavailable);
        Assert.Equal(_node.Source.OtherBuild, _node.Source.Status.Detail);
        Assert.Contains("an upgrade was not finished; restart the agent", _node.Source.Status.Detail, StringComparison.Ordinal);
        Assert.Empty(_node.View.Devices);
        Assert.Equal(0, _node.Source.Restarts);
        await Pass(1.5);
        await Until(() => Host.Running is [{ Settings.Generation: 2, HasSwept: true }] && _node.Source.Status.State == SourceState.Running);
        Assert.Equal("", _node.Source.OtherBuild);
    }

    /// <summary>The earliest said no build in their hello: what follows is of another form, and what they announce of another numbering.</summary>
    [Fact(Timeout = 30_000)]
    public async Task Nothing_is_believed_of_a_probe_that_says_hello_in_another_form()
    {
        byte[] announced = FrameBytes.Of(FrameType.Event, new EventFrame(ushort.MaxValue, HealthEventKind.DriverError, 79, 0, "fallen").Write, 1);
        File.WriteAllBytes(Path.Join(_node.Folder, "frames-1"), [.. FrameBytes.Of(FrameType.Hello, EarliestHello, 1), .. announced]);
        _host = Made(Script());
        _host.Start();
        await Until(() => _node.Source.Status.State == SourceState.Unavailable);
        Assert.StartsWith("the probe is of a build that it does not say, the agent of ", _node.Source.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(_node.Told(), told => told.Contains("fallen", StringComparison.Ordinal));

        static void EarliestHello(FrameBuilder builder)
        {
            builder.Begin();
            builder.Text("1").Text("1").UInt16(1).Text("thermal");
        }
    }

    private static ProbeSettings Settings => new() { Source = "nvml", Generation = 0, Slots = "", Library = "x" };

    private async Task Start(params byte[][] generations)
    {
        for (var i = 0; i < generations.Length; i++) File.WriteAllBytes(Path.Join(_node.Folder, $"frames-{i + 1}"), generations[i]);
        _host = Made(Script());
        _host.Start();
        await Until(() => Host.Running is [{ HasSwept: true }] && _node.Source.Status.State == SourceState.Running);
    }

    private string Script() => _node.Script("probe", "cat \"$(dirname \"$0\")/frames-${3#generation=}\"; exec cat > /dev/null");

    private SourceHost Made(string program) => new(
        NvmlSource.Entry, _node.Launch(program), Settings, _node.Intake, new StderrLog(NullLogger.Instance, _node.Time), NullLogger.Instance, _node.Time);

    /// <summary>All that a healthy probe says until the end of its first sweep.</summary>
    private static byte[] Inventory(uint generation, params string[] places) => Inventory(generation, ProbeBuild.Own, places);

    private static byte[] Inventory(uint generation, ProbeBuild build, params string[] places) => FrameBytes.Join(
    [
        FrameBytes.Of(FrameType.Hello, new HelloFrame("1", "1", build, ["thermal"]).Write, generation),
        .. places.Select((place, ordinal) => FrameBytes.Of(
            FrameType.Device, new DeviceFrame((ushort)ordinal, ProbedNode.Card(place, $"GPU-{place}"), NoDataReason.None, "").Write, generation)),
        FrameBytes.Of(FrameType.InventoryEnd, builder =>
        {
            builder.Begin();
            builder.UInt16((ushort)places.Length);
        }, generation),
        FrameBytes.Of(FrameType.SweepEnd, new SweepEndFrame(SampleGroup.Fast, 1, 1, 0, 0, 0).Write, generation),
    ]);

    private static byte[] SlowSweepEnd(uint generation)
        => FrameBytes.Of(FrameType.SweepEnd, new SweepEndFrame(SampleGroup.Slow, 1, 1, 0, 0, 0).Write, generation);

    private static void Kill(int pid) => Assert.Equal(0, Libc.Kill(pid, Libc.SignalKill));

    /// <summary>Moves the clock, then lets the host turn with it.</summary>
    private async Task Pass(double seconds)
    {
        _node.Time.Advance(TimeSpan.FromSeconds(seconds));
        var turns = Host.Turns;
        await Until(() => Host.Turns >= turns + 2);
    }

    private static async Task Until(Func<bool> holds)
    {
        while (!holds()) await Task.Yield();
    }
}
