using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Recovery;

/// <summary>
/// The controller is killed at every line that it writes and every deed that it does, and the next one finds the journal alone. It speaks to Slurm's programs, which answer as a
/// real Slurm did.
/// </summary>
public class KilledControllerTests
{
    [Theory]
    [InlineData(OnRequest.Continue)]
    [InlineData(OnRequest.Exit)]
    public async Task Killed_anywhere_the_job_runs_in_the_end_and_nothing_is_left(OnRequest onRequest)
    {
        await EverywhereAsync(points => MoveAsync(points, onRequest), every: 1);
    }

    [Fact]
    public async Task Killed_anywhere_a_job_that_ended_of_its_card_runs_in_the_end()
    {
        await EverywhereAsync(async points =>
        {
            using var controller = new TestController(throughSlurm: true);
            controller.Cluster.Run("41", "n1", "n2", "n3", "n4");
            controller.Cluster.Checkpoints["41"] = new("/ckpt/regular", 50, controller.Time.GetUtcNow().AddMinutes(-5));
            controller.Cluster.Set(controller.Cluster.Job("41")! with { Phase = JobPhase.Ended, EndedInError = true, Ended = controller.Time.GetUtcNow() });
            controller.Announce("n3", HealthState.Failed, "device-lost", job: "41");
            controller.Start(points);
            await EndAsync(controller, () => controller.Move is { Step: RecoveryStep.Closed } && controller.Cluster.Holds == 0);
            Assert.Equal((RecoveryOutcome.Recovered, "/ckpt/regular"), (controller.Move!.Outcome, controller.Move.Checkpoint?.Path));
            controller.RunsOn("n1", "n2", "n4", "n5");
            Assert.Equal((1, 0), (controller.Cluster.Job("41")!.Restarts, controller.Count<SchedulerAct.Signal>()));
        });
    }

    [Fact]
    public async Task Killed_anywhere_while_a_person_puts_the_node_back_it_obeys()
    {
        await EverywhereAsync(async points =>
        {
            using var controller = Begin(points, static _ => { });
            await EndAsync(controller, () => controller.Move is { Step: RecoveryStep.AwaitingCheckpoint });
            controller.Cluster["n3"] = controller.Cluster["n3"] with { Phase = NodePhase.InService, Reason = "" };
            await EndAsync(controller, () => controller.Move is { Step: RecoveryStep.Closed });
            Assert.Equal((RecoveryOutcome.Overruled, NodePhase.InService), (controller.Move!.Outcome, controller.Cluster["n3"].Phase));
            controller.RunsOn("n1", "n2", "n3", "n4");
        });
    }

    [Fact]
    public async Task Killed_anywhere_while_a_person_puts_the_node_back_under_a_job_that_is_being_stopped_it_is_not_left_held()
    {
        await EverywhereAsync(async points =>
        {
            using var controller = Begin(points, null);
            await EndAsync(controller, () => controller.Cluster.Job("41")!.Phase == JobPhase.Completing);
            controller.Cluster["n3"] = controller.Cluster["n3"] with { Phase = NodePhase.InService, Reason = "" };
            await EndAsync(controller, () => controller.Move is { Step: RecoveryStep.Closed });
            await controller.UntilAsync(() => controller.Cluster.Job("41")!.Phase == JobPhase.Running);
            Assert.Equal((RecoveryOutcome.Overruled, NodePhase.InService, 1), (controller.Move!.Outcome, controller.Cluster["n3"].Phase, controller.Cluster.Job("41")!.Restarts));
            controller.RunsOn("n1", "n2", "n3", "n4");
        });
    }

    [Fact]
    public async Task What_its_user_ends_between_the_look_and_the_deed_is_not_started_anew()
    {
        using var controller = Begin(new(), null);
        controller.Slurm.Before = deed =>
        {
            if (deed == "ask-job") controller.Cluster.Cancel("41");
        };
        await EndAsync(controller, () => controller.Move is { Step: RecoveryStep.Closed } && controller.Cluster.Holds == 0);
        Assert.Equal((RecoveryOutcome.JobEnded, JobPhase.Cancelled, 0), (controller.Move!.Outcome, controller.Cluster.Job("41")!.Phase, controller.Count<SchedulerAct.StopAndHold>()));
    }

    /// <summary>Once to its end, to learn how many chances there are; then it is killed at each, or at one of so many.</summary>
    private static async Task EverywhereAsync(Func<KillPoints, Task> course, int every = 3)
    {
        var whole = new KillPoints();
        await course(whole);
        Assert.InRange(whole.Passed, 20, 400);
        for (var at = 0; at < whole.Passed; at += every)
        {
            var points = new KillPoints(at);
            await course(points);
            Assert.Equal(at + 1, points.Passed); // it was killed, and the next one is mortal no more
        }
    }

    private static async Task MoveAsync(KillPoints points, OnRequest onRequest)
    {
        using var controller = Begin(points, null);
        if (onRequest == OnRequest.Exit)
        {
            controller.Cluster.Set(controller.Cluster.Job("41")! with { Contract = controller.Cluster.Job("41")!.Contract with { OnRequest = OnRequest.Exit } });
            controller.Cluster.OnSignal = job => controller.Cluster.Later(TimeSpan.FromSeconds(2), () =>
            {
                controller.Cluster.Checkpoints["41"] = new("/ckpt/last", 77, controller.Time.GetUtcNow());
                if (controller.Cluster.Job("41") is { Phase: JobPhase.Running } running) controller.Cluster.Set(running with { Phase = JobPhase.Ended });
            });
        }

        await EndAsync(controller, () => controller.Move is { Step: RecoveryStep.Closed } && controller.Cluster.Holds == 0);
        Assert.Equal(RecoveryOutcome.Recovered, controller.Move!.Outcome);
        controller.RunsOn("n1", "n2", "n4", "n5");
        Assert.Equal((1, NodePhase.Drained), (controller.Cluster.Job("41")!.Restarts, controller.Cluster["n3"].Phase));
        Assert.InRange(controller.Count<SchedulerAct.Signal>(), 1, 2);
        Assert.False(controller.Move.FellBack);
    }

    private static TestController Begin(KillPoints points, Action<ClusterJob>? onSignal)
    {
        var controller = new TestController(throughSlurm: true);
        controller.Cluster.Run("41", "n1", "n2", "n3", "n4");
        controller.Cluster.OnSignal = onSignal;
        controller.Announce("n3");
        controller.Start(points);
        return controller;
    }

    /// <summary>Till it holds; when the controller is killed another takes its place.</summary>
    private static async Task EndAsync(TestController controller, Func<bool> holds)
    {
        try
        {
            await controller.UntilAsync(holds);
        }
        catch (KilledException)
        {
            controller.Start();
            await controller.UntilAsync(holds);
        }
    }
}
