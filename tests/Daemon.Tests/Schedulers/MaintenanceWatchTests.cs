using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Processes;
using Forewarn.Daemon.Schedulers.Slurm;
using Forewarn.Daemon.Tests.Api;
using Forewarn.Daemon.Tests.Cli;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Schedulers;

public sealed class MaintenanceWatchTests : IAsyncDisposable
{
    private const string Here = "gpu-node-17";

    private readonly DummySlurm _slurm = new(3);
    private readonly HandMadeNode _node = JudgedNode.Build();
    private readonly ManualTimeProvider _time = new(HandMadeNode.Now);
    private readonly MaintenanceWatch _watch;

    public MaintenanceWatchTests()
        => _watch = new(DummySlurm.Options, _node.View, Change, _slurm, () => 0.5, _time, NullLogger.Instance);

    private Maintenance? Standing => _node.View.Maintenance;

    [Fact]
    public async Task A_reservation_begins_it_and_its_end_ends_it()
    {
        await AskAsync();
        Assert.Null(Standing);
        await AskAsync("maint");
        Assert.Equal(("Slurm", "a MAINT reservation", null), (Standing!.By, Standing.Reason, Standing.Until));
        var first = Standing;
        await AskAsync("maint*");
        Assert.Same(first, Standing);
        await AskAsync("idle");
        Assert.Null(Standing);
    }

    [Fact]
    public async Task What_a_person_has_set_is_neither_replaced_nor_ended()
    {
        var ann = new Maintenance("ann", "new fans", _time.GetUtcNow(), null);
        _node.View.Maintenance = ann;
        await AskAsync("maint");
        Assert.Same(ann, Standing);
        await AskAsync("idle");
        Assert.Same(ann, Standing);
    }

    [Fact]
    public async Task What_a_person_has_ended_stays_ended_until_the_next_time()
    {
        await AskAsync("maint");
        _node.View.Maintenance = null;
        await AskAsync("maint");
        Assert.Null(Standing);
        await AskAsync("idle");
        await AskAsync("maint");
        Assert.Equal("Slurm", Standing?.By);
    }

    [Fact]
    public async Task What_a_person_has_set_for_a_time_leaves_the_rest_to_slurm()
    {
        var ann = new Maintenance("ann", "", _time.GetUtcNow(), _time.GetUtcNow().AddMinutes(7));
        _node.View.Maintenance = ann;
        await AskAsync("maint");
        _node.View.Maintenance = null; // as the assessment does when the time is over
        _time.Advance(TimeSpan.FromMinutes(7));
        await AskAsync("maint");
        Assert.Equal("Slurm", Standing?.By);
    }

    [Fact]
    public async Task Without_an_answer_all_stays_as_it_is()
    {
        await AskAsync("maint");
        _slurm.Ends.Enqueue(new(CommandEnd.TimedOut, 0, "", ""));
        await AskAsync("idle");
        Assert.Equal("Slurm", Standing?.By);
        _slurm.Ends.Enqueue(new(CommandEnd.NotStarted, 0, "", "no such program in PATH"));
        await AskAsync("idle");
        Assert.Equal("Slurm", Standing?.By);
    }

    [Fact]
    public async Task It_is_asked_rarely_and_at_once_when_a_device_gets_worse()
    {
        Assert.True(await TurnAsync());
        Assert.False(await TurnAsync());
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.False(await TurnAsync());
        _node.Judge(3, HealthState.Failing);
        Assert.True(await TurnAsync());
        Assert.False(await TurnAsync());
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await TurnAsync());
        Assert.All(_slurm.Commands, command => Assert.EndsWith("--nodes=gpu-node-17", command, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", null, null, false)]
    [InlineData("", null, "/etc/slurm/slurm.conf", true)]
    [InlineData("", null, "/run/slurm/conf/slurm.conf", true)]
    [InlineData("", "/opt/slurm/etc/slurm.conf", null, true)]
    [InlineData("/opt/slurm/bin", null, null, true)]
    public void A_node_without_slurm_asks_nobody(string programs, string? variable, string? file, bool isThere)
        => Assert.Equal(isThere, SlurmPresence.IsThere(DummySlurm.Options with { Programs = programs }, variable, path => path == file));

    public async ValueTask DisposeAsync() => await _watch.DisposeAsync();

    private Task<bool> Change(Maintenance? before, Maintenance? now, string why)
    {
        if (!ReferenceEquals(Standing, before)) return Task.FromResult(false);
        _node.View.Maintenance = now;
        if (now is null) Assert.Equal("Slurm: a MAINT reservation is over", why);
        return Task.FromResult(true);
    }

    private Task<bool> TurnAsync() => _watch.TurnAsync(CancellationToken.None);

    private async Task AskAsync(string state = "idle")
    {
        _slurm.Set(Here, state);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await TurnAsync());
    }
}
