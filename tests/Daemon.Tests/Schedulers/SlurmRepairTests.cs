using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Processes;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Schedulers.Slurm;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Schedulers;

/// <summary>What the repair of a node says to Slurm, and what Slurm is asked in the last moment before.</summary>
public class SlurmRepairTests
{
    private const string Ours = "n3|gpu|drained|forewarn[1/1]: xid-79\n";

    private static readonly SchedulerAct.RunRepair Run = new("1/1", "/site/repair", "n3", "GPU-3", RepairAction.ResetDevice, TimeSpan.FromMinutes(30));

    private static readonly SchedulerAct.Reboot Reboot = new("n3", "forewarn[1/1]: repair 1, RebootNode for xid-79");

    private static readonly SchedulerAct.Validate Validate =
        new("forewarn_validate_1_1", "forewarn_1_node_1", "n3", Environment.UserName, "gpu", "/site/validate", "GPU-3", RepairAction.RebootNode, TimeSpan.FromMinutes(5));

    private readonly RecordedSlurm _slurm = new("drained") { Node = Ours, OnNode = "" };
    private readonly List<string> _begun = [];

    [Fact]
    public async Task A_drained_node_without_jobs_is_rebooted_and_keeps_its_drain()
    {
        Assert.Null(await DoAsync(Reboot));
        Assert.Equal("scontrol reboot reason=forewarn[1/1]: repair 1, RebootNode for xid-79 n3", _slurm.Commands[^1]);
        Assert.Contains(_slurm.Commands, command => command.StartsWith("squeue --noheader --nodelist=n3 --states=RUNNING,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("n3|gpu|draining|forewarn[1/1]: xid-79\n", "", "draining")]
    [InlineData("n3|gpu|drained*|forewarn[1/1]: xid-79\n", "", "drained*")]
    [InlineData("n3|gpu|idle|none\n", "", "idle")]
    [InlineData("n3|gpu|reboot^|forewarn[1/1]: xid-79 : reboot issued\n", "", "reboot^")]
    [InlineData("n3|gpu|drained|hans: fan\n", "", "drained by others: hans: fan")]
    [InlineData(Ours, "41\n", "job 41 is on n3")]
    [InlineData(Ours, "fails", "Unable to contact")]
    [InlineData("", "", "knows no node n3")]
    public async Task Anything_else_in_the_last_moment_keeps_it_from_being_touched(string node, string jobs, string says)
    {
        (_slurm.Node, _slurm.OnNode) = (node, jobs);
        foreach (var act in new SchedulerAct[] { Reboot, Run }) Assert.Contains(says, await DoAsync(act), StringComparison.Ordinal);
        Assert.Empty(_begun);
        Assert.DoesNotContain(_slurm.Commands, command => command.StartsWith("scontrol", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_sites_command_is_begun_where_nothing_is_on_the_node()
    {
        Assert.Null(await DoAsync(Run));
        Assert.Equal(["/site/repair"], _begun);
    }

    [Fact]
    public async Task The_validation_is_submitted_into_our_reservation_on_that_node_as_the_configured_user()
    {
        Assert.Null(await DoAsync(Validate));
        Assert.Equal(
            "sbatch --parsable --job-name=forewarn_validate_1_1 --reservation=forewarn_1_node_1 --nodelist=n3 --nodes=1 --no-requeue --time=5 --chdir=/ --input=/dev/null --output=/dev/null "
            + "--export=NIL --partition=gpu /site/validate n3 GPU-3 RebootNode",
            _slurm.Commands[^1]);
        Assert.Null(await DoAsync(Validate with { User = "tester", Partition = "" }));
        Assert.Contains("--export=NIL --uid=tester /site/validate", _slurm.Commands[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("77\n", null)]
    [InlineData("fails", "Unable to contact")]
    public async Task One_that_is_there_already_or_cannot_be_looked_for_is_not_submitted_again(string jobs, string? says)
    {
        _slurm.OnNode = jobs;
        var trouble = await DoAsync(Validate);
        Assert.Equal(says is null, trouble is null);
        if (says is not null) Assert.Contains(says, trouble, StringComparison.Ordinal);
        Assert.Equal("squeue --noheader --name=forewarn_validate_1_1 --reservation=forewarn_1_node_1 --states=all --format=%i", Assert.Single(_slurm.Commands));
    }

    [Fact]
    public async Task A_fence_lets_nobody_run_over_and_stands_until_it_is_dropped()
    {
        Assert.Null(await DoAsync(new SchedulerAct.Fence("forewarn_1_node_1", "n3", "root")));
        Assert.Equal("scontrol create reservation ReservationName=forewarn_1_node_1 Nodes=n3 Users=root StartTime=now Duration=UNLIMITED Flags=IGNORE_JOBS", _slurm.Commands[^1]);
        Assert.Null(await DoAsync(new SchedulerAct.EndOwn("77")));
        Assert.Equal("scancel 77", _slurm.Commands[^1]);
    }

    [Theory]
    [InlineData("COMPLETED", true)]
    [InlineData("FAILED", false)]
    [InlineData("TIMEOUT", false)]
    [InlineData("RUNNING", false)]
    public async Task How_a_job_ended_is_read(string state, bool well)
    {
        _slurm.Change("squeue", answer => answer["jobs"]![0]!["job_state"] = state);
        Assert.Equal(well, (await Scheduler().ReadAsync(default)).Sight!.Jobs["1"].EndedWell);
    }

    [Theory]
    [InlineData("Exited", 0, "")]
    [InlineData("Exited", 3, "ended with 3: no such card")]
    [InlineData("TimedOut", 0, "did not end within 00:30:00")]
    [InlineData("NotStarted", 0, "no such card")]
    public async Task How_the_sites_command_ended_is_told_once_it_has(string end, int code, string says)
    {
        var site = new SiteCommand();
        var repairs = new RepairCommands(site, NullLogger.Instance);
        var ended = new TaskCompletionSource();
        repairs.Changed = ended.SetResult;
        Assert.Null(repairs.Of(Run.Key));
        Assert.Null(repairs.Begin(Run));
        Assert.Null(repairs.Begin(Run)); // it is known, and not begun twice
        Assert.False(repairs.Of(Run.Key)!.HasEnded);
        site.Result.SetResult(new(Enum.Parse<CommandEnd>(end), code, "", "wait\nno such card\n"));
        await ended.Task;
        Assert.True(repairs.Of(Run.Key)!.HasEnded);
        Assert.Contains(says, repairs.Of(Run.Key)!.Trouble, StringComparison.Ordinal);
        Assert.Equal(says.Length == 0, repairs.Of(Run.Key)!.Trouble.Length == 0);
        Assert.Equal(["/site/repair n3 GPU-3 ResetDevice"], site.Commands);
        await repairs.DisposeAsync();
    }

    [Fact]
    public async Task The_sites_command_is_ended_when_nobody_wants_it_any_more()
    {
        var site = new SiteCommand();
        var repairs = new RepairCommands(site, NullLogger.Instance);
        repairs.Begin(Run);
        repairs.Keep(new HashSet<string> { Run.Key });
        Assert.False(site.Result.Task.IsCompleted);
        repairs.Keep(new HashSet<string>());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => site.Result.Task);
        Assert.False(repairs.Of(Run.Key)!.HasEnded); // how it would have ended nobody knows
        await repairs.DisposeAsync();
    }

    private SlurmScheduler Scheduler() => new(_slurm, new(), new ManualTimeProvider(), run =>
    {
        _begun.Add(run.Command);
        return null;
    });

    private Task<string?> DoAsync(SchedulerAct act) => Scheduler().DoAsync(act, default);

    private sealed class SiteCommand : ICommandRunner
    {
        public TaskCompletionSource<CommandResult> Result { get; } = new();

        public List<string> Commands { get; } = [];

        public Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan within, CancellationToken cancellation)
        {
            Commands.Add($"{program} {string.Join(' ', arguments)}");
            cancellation.Register(() => Result.TrySetCanceled(cancellation));
            return Result.Task;
        }
    }
}
