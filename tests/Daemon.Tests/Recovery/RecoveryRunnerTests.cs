using Forewarn.Controller.Coordination;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Recovery;

public sealed class RecoveryRunnerTests : IDisposable
{
    private readonly TestController _controller = new();

    public RecoveryRunnerTests() => _controller.Cluster.Run("41", "n1", "n2", "n3", "n4");

    [Fact]
    public async Task With_the_spare_beneath_its_leaf_in_use_it_goes_beneath_another()
    {
        _controller.Cluster.Run("43", "n5");
        _controller.Announce("n3");
        await _controller.ToItsEndAsync();
        Assert.Equal(RecoveryOutcome.Recovered, _controller.Move!.Outcome);
        _controller.RunsOn("n1", "n2", "n4", "n6");
    }

    [Fact]
    public async Task A_second_job_that_wants_the_same_node_gets_it_before_or_after_never_between()
    {
        _controller.Announce("n3");
        await _controller.UntilAsync(RecoveryStep.Asking);
        _controller.Cluster.Submit("42", 1, "n5");
        _controller.Cluster.Submit("44", 4); // and one that takes whatever is free
        await _controller.ToItsEndAsync();
        _controller.RunsOn("n1", "n2", "n4", "n5");
        Assert.Equal((JobPhase.Pending, JobPhase.Pending), (_controller.Cluster.Job("42")!.Phase, _controller.Cluster.Job("44")!.Phase));
    }

    [Fact]
    public async Task From_checkpoint_to_running_it_takes_seconds_and_hardly_any_of_our_own()
    {
        _controller.Announce("n3");
        await _controller.ToItsEndAsync();
        var timeline = _controller.Runner.Timeline(1);
        Assert.Equal(
            ["detected", "decided", "drained", "held", "asked", "signalled", "checkpoint seen", "requeued", "work lost", "let go", "running", "waits for people", "ended"],
            timeline.Milestones.Select(milestone => milestone.What).Distinct());
        var at = timeline.Milestones.ToLookup(milestone => milestone.What, milestone => milestone.At);
        Assert.InRange(at["running"].First() - at["checkpoint seen"].First(), TimeSpan.Zero, TimeSpan.FromSeconds(15));
        // The pauses before it was seen to be off its old nodes and on its new ones: the test's clock moves else only while the scheduler or the job is waited for.
        Assert.InRange(timeline.Own, TimeSpan.Zero, TimeSpan.FromSeconds(0.5));
        Assert.Equal(["n1", "n2", "n5", "n4"], Assert.Single(_controller.Cluster.Done.OfType<SchedulerAct.Steer>()).Nodes.AsEnumerable());
    }

    [Fact]
    public async Task Nothing_is_done_before_a_late_command_of_an_earlier_controller_must_have_ended()
    {
        _controller.Announce("n3");
        var start = _controller.Time.GetUtcNow();
        await _controller.UntilAsync(() => _controller.Cluster.Done.Count > 0);
        Assert.InRange(_controller.Time.GetUtcNow() - start, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Without_a_whole_reading_nothing_is_done_and_it_goes_on_where_it_stood()
    {
        _controller.Announce("n3");
        await _controller.UntilAsync(RecoveryStep.Stopping);
        var done = _controller.Cluster.Done.Count;
        _controller.Cluster.IsAway = true;
        for (var looks = 0; looks < 20; looks++) _controller.Time.Advance(await _controller.Runner.LookAsync(default));
        Assert.Equal((done, "Unable to contact slurm controller"), (_controller.Cluster.Done.Count, _controller.Runner.Trouble));
        _controller.Cluster.IsAway = false;
        await _controller.ToItsEndAsync();
        Assert.Equal("", _controller.Runner.Trouble);
        _controller.RunsOn("n1", "n2", "n4", "n5");
    }

    [Theory]
    [InlineData(RecoveryStep.AwaitingCheckpoint)]
    [InlineData(RecoveryStep.Stopping)]
    [InlineData(RecoveryStep.Starting)]
    public async Task Time_in_which_nobody_could_look_is_charged_to_no_step(RecoveryStep step)
    {
        _controller.Announce("n3");
        await _controller.UntilAsync(step);
        var since = _controller.Move!.StepSince;
        _controller.Cluster.IsAway = true;
        for (var until = _controller.Time.GetUtcNow().AddMinutes(20); _controller.Time.GetUtcNow() < until;) _controller.Time.Advance(await _controller.Runner.LookAsync(default));
        _controller.Cluster.IsAway = false;
        await _controller.Runner.LookAsync(default);
        Assert.True(_controller.Move!.Step != step || _controller.Move.StepSince > since.AddMinutes(15), $"{_controller.Move}");
        await _controller.ToItsEndAsync();
        Assert.Equal((RecoveryOutcome.Recovered, false), (_controller.Move!.Outcome, _controller.Move.FellBack));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_clock_that_is_set_ends_no_step(int hours)
    {
        _controller.Announce("n3");
        await _controller.UntilAsync(RecoveryStep.Stopping);
        _controller.Ahead = TimeSpan.FromHours(hours);
        await _controller.ToItsEndAsync();
        Assert.Equal(RecoveryOutcome.Recovered, _controller.Move!.Outcome);
        _controller.RunsOn("n1", "n2", "n4", "n5");
    }

    [Fact]
    public async Task No_command_is_given_on_a_sight_that_a_slow_one_has_made_old()
    {
        _controller.Cluster.Run("45", "n7");
        _controller.Cluster.Refuse = act =>
        {
            if (act is SchedulerAct.TakeOut) _controller.Time.Advance(TimeSpan.FromSeconds(15));
            return null;
        };
        _controller.Announce("n3");
        _controller.Announce("n7", rule: "another");
        await _controller.UntilAsync(() => _controller.Runner.State.Recoveries.Count == 2 && !_controller.Runner.State.Moves.Any());
        Assert.All(_controller.Cluster.Ages, age => Assert.InRange(age, TimeSpan.Zero, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_look_whose_conclusions_take_long_leads_to_something_all_the_same()
    {
        _controller.Thinking = TimeSpan.FromSeconds(15);
        _controller.Announce("n3");
        await _controller.ToItsEndAsync();
        _controller.RunsOn("n1", "n2", "n4", "n5");
    }

    [Fact]
    public async Task What_was_done_is_looked_for_at_once_and_asked_again_a_second_later()
    {
        _controller.Announce("n3");
        await _controller.UntilAsync(() => _controller.Cluster.Done.OfType<SchedulerAct.StopAndHold>().Any());
        _controller.Cluster.Loses = static act => act is SchedulerAct.Steer;
        await _controller.UntilAsync(RecoveryStep.Placing);
        List<TimeSpan> waits = [];
        for (var looks = 0; looks < 4; looks++)
        {
            waits.Add(await _controller.Runner.LookAsync(default));
            _controller.Time.Advance(waits[^1]);
        }

        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)], waits);
    }

    [Fact]
    public async Task What_the_scheduler_refuses_is_told_and_asked_again()
    {
        var refusals = 3;
        _controller.Cluster.Refuse = act => act is SchedulerAct.StopAndHold && refusals-- > 0 ? "Job is busy" : null;
        _controller.Announce("n3");
        await _controller.ToItsEndAsync();
        _controller.RunsOn("n1", "n2", "n4", "n5");
        Assert.Contains(_controller.Runner.Timeline(1).Milestones, milestone => milestone.What == "refused" && milestone.Text.EndsWith("Job is busy", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_refusal_again_and_again_is_written_down_once()
    {
        var refusals = 10;
        _controller.Cluster.Refuse = act => act is SchedulerAct.StopAndHold && refusals-- > 0 ? "Job is busy" : null;
        _controller.Announce("n3");
        await _controller.UntilAsync(RecoveryStep.Stopping);
        var before = _controller.Lines.Count();
        await _controller.UntilAsync(() => refusals < 1);
        Assert.Single(_controller.Lines, line => line is JournalEntry.OfAct { Trouble: "Job is busy" });
        Assert.InRange(_controller.Lines.Count() - before, 1, 4);
        await _controller.ToItsEndAsync();
        _controller.RunsOn("n1", "n2", "n4", "n5");
    }

    [Fact]
    public async Task The_jobs_nodes_are_told_to_carry_the_request_as_long_as_it_stands()
    {
        _controller.Cluster.OnSignal = static _ => { };
        _controller.Announce("n3");
        await _controller.UntilAsync(RecoveryStep.AwaitingCheckpoint);
        Assert.Equal("41", Assert.Single(_controller.Runner.Orders("n1")).Job);
        Assert.Empty(_controller.Runner.Orders("n5"));
        await _controller.ToItsEndAsync();
        Assert.Empty(_controller.Runner.Orders("n1"));
        Assert.True(_controller.Move!.FellBack);
    }

    [Fact]
    public async Task An_undeclared_job_gets_no_signal()
    {
        _controller.Cluster.Set(_controller.Cluster.Job("41")! with { Contract = JobContract.Undeclared });
        _controller.Announce("n3");
        await _controller.ToItsEndAsync();
        Assert.Equal(0, _controller.Count<SchedulerAct.Signal>());
        _controller.RunsOn("n1", "n2", "n4", "n5");
    }

    [Fact]
    public async Task A_person_who_approves_is_heard_at_once()
    {
        _controller.Settings = _controller.Settings with { Guards = _controller.Settings.Guards with { Mode = Forewarn.Controller.Guards.ActionMode.Approve } };
        _controller.Announce("n3");
        await _controller.UntilAsync(() => _controller.Runner.State.Decisions.Count > 0);
        Assert.Empty(_controller.Cluster.Done);
        _controller.Runner.Order(new(OrderKind.Approve, "hans", "go on", 1, "41"));
        await _controller.ToItsEndAsync();
        _controller.RunsOn("n1", "n2", "n4", "n5");
        Assert.Contains(_controller.Runner.Timeline(1).Milestones, milestone => milestone is { What: "ordered", Text: "Approve by hans: go on" });
    }

    [Fact]
    public async Task A_card_that_fails_at_once_costs_the_work_since_the_last_checkpoint()
    {
        _controller.Cluster.Checkpoints["41"] = new("/ckpt/periodic", 60, _controller.Time.GetUtcNow());
        _controller.Time.Advance(TimeSpan.FromMinutes(10));
        _controller.Announce("n3", HealthState.Failed, "fell-off");
        await _controller.ToItsEndAsync();
        Assert.Equal("/ckpt/periodic", _controller.Move!.Checkpoint!.Path);
        Assert.Equal(0, _controller.Count<SchedulerAct.Signal>());
    }

    [Fact]
    public async Task Woken_it_looks_at_once()
    {
        using var end = new CancellationTokenSource();
        var running = _controller.Runner.RunAsync(end.Token);
        await UntilItWaitsAsync();
        _controller.Time.Advance(TimeSpan.FromSeconds(20));
        await UntilItWaitsAsync();
        var before = _controller.Runner.Sight!.At;
        _controller.Runner.Wake();
        await Eventually.TrueAsync(() => _controller.Runner.Sight!.At > before, TimeSpan.FromSeconds(10), "it looks");
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    public void Dispose() => _controller.Dispose();

    private Task UntilItWaitsAsync() => Eventually.TrueAsync(() => _controller.Time.Timers > 0, TimeSpan.FromSeconds(10), "it waits");
}
