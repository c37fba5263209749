using System.Net;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Tests.Cli;
using Forewarn.Daemon.Tests.Fleet;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Recovery;

/// <summary>From an agent's report to the move of a job, over all that lies between.</summary>
public class JoinedFleetTests
{
    [Fact]
    public async Task A_card_that_is_announced_to_fail_ends_in_a_move_that_the_journal_tells()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Auto);
        fleet.Announce("n3");
        await fleet.UntilAsync(() => fleet.Move is { Step: RecoveryStep.AwaitingCheckpoint });
        var order = Assert.Single((await fleet.TellAsync("n1")).Orders);
        Assert.Equal(("41", 1L), (order.Job, order.Incident));
        Assert.True((await fleet.TellAsync("n6")).Orders.IsDefaultOrEmpty);

        await fleet.UntilAsync(() => fleet.Move is { Step: RecoveryStep.Closed } && fleet.Cluster.Holds == 0);
        Assert.Equal(RecoveryOutcome.Recovered, fleet.Move!.Outcome);
        Assert.Equal(["n1", "n2", "n4", "n5"], fleet.Cluster.Job("41")!.Nodes.Select(node => node.Name)); // the spare beneath the same leaf, by the file of the site
        Assert.Equal(3, fleet.State.Incidents[1].Card);
        string[] told = [.. fleet.Host.Runner.Timeline(1).Milestones.Select(milestone => milestone.What)];
        Assert.Superset(new HashSet<string> { "detected", "decided", "drained", "held", "checkpoint seen", "requeued", "running" }, told.ToHashSet());
        Assert.Equal((1L, 1L), (fleet.Host.Meter.Ended(RecoveryOutcome.Recovered), fleet.Host.Meter.Decisions((int)Alternative.MoveNow)));
    }

    [Fact]
    public async Task What_is_only_observed_is_decided_and_written_down_and_nothing_is_done()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        fleet.Announce("n3");
        await fleet.UntilAsync(() => !fleet.State.Decisions.IsEmpty);
        for (var looks = 0; looks < 5; looks++) await fleet.LookAsync();
        var decision = Assert.Single(fleet.State.Decisions.Values);
        Assert.Equal((Verdict.Refused, "mode", Alternative.MoveNow), (decision.Verdict, decision.Guard, decision.Decision!.Chosen));
        Assert.Equal(["n1", "n2", "n5", "n4"], decision.Destinations.AsEnumerable());
        Assert.Empty(fleet.Cluster.Done);
        Assert.Empty(fleet.State.Recoveries);
    }

    [Fact]
    public async Task Another_mode_counts_from_the_next_look_on()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        fleet.Announce("n3");
        await fleet.UntilAsync(() => !fleet.State.Decisions.IsEmpty);
        fleet.Host.Settings = fleet.Host.Settings with { Guards = fleet.Host.Settings.Guards with { Mode = ActionMode.Auto } };
        await fleet.UntilAsync(() => fleet.Cluster.Done.OfType<SchedulerAct.TakeOut>().Any());
    }

    [Fact]
    public async Task A_person_sees_the_incident_and_approves_it()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Approve);
        fleet.Announce("n3");
        await fleet.UntilAsync(() => !fleet.State.Decisions.IsEmpty);
        var socket = fleet.Served.Socket;

        var list = await Command.RunAsync(["fleet", "incidents", "--socket", socket]);
        Assert.StartsWith("memory: 1 incidents open, 0 closed within a week\n", list.Output, StringComparison.Ordinal);
        Assert.Contains("AwaitsApproval", list.Output, StringComparison.Ordinal);
        var one = await Command.RunAsync(["fleet", "incidents", "1", "--socket", socket]);
        Assert.StartsWith("incident 1: n3, opened ", one.Output, StringComparison.Ordinal);
        Assert.Contains("GPU-n3-3 (card 3): Failing, row-remap-failed\n", one.Output, StringComparison.Ordinal);
        Assert.Contains("job 41 of ada: AwaitsApproval by guard mode\n", one.Output, StringComparison.Ordinal);
        Assert.Matches("  \\* MoveNow +[0-9.]+  ", one.Output);
        Assert.Contains("  onto n1, n2, n5, n4\n", one.Output, StringComparison.Ordinal);
        var json = await Command.RunAsync(["fleet", "incidents", "1", "--json", "--socket", socket]);
        Assert.Contains("\"verdict\": \"AwaitsApproval\"", json.Output, StringComparison.Ordinal);

        Assert.Equal(1, (await Command.RunAsync(["fleet", "approve", "7", "--socket", socket])).Code);
        var approved = await Command.RunAsync(["fleet", "approve", "1", "--reason", "go on", "--socket", socket]);
        Assert.Equal((0, "approved: job 41\n"), (approved.Code, approved.Output));
        Assert.Contains("(", fleet.State.Answers[(1, "41")].Who, StringComparison.Ordinal); // by the kernel's word
        await fleet.UntilAsync(() => fleet.Move is { Step: RecoveryStep.Closed, Outcome: RecoveryOutcome.Recovered });
        var told = await Command.RunAsync(["fleet", "incidents", "1", "--socket", socket]);
        foreach (var what in (string[])["detected", "decided", "ordered", "drained", "held", "checkpoint seen", "requeued", "running"])
            Assert.Contains($"s  {what} ", told.Output, StringComparison.Ordinal);
        Assert.Contains("the controller's own share: ", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_person_rejects_is_not_done()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Approve);
        fleet.Announce("n3");
        await fleet.UntilAsync(() => !fleet.State.Decisions.IsEmpty);
        Assert.Equal("rejected: job 41\n", (await Command.RunAsync(["fleet", "reject", "1", "--job", "41", "--socket", fleet.Served.Socket])).Output);
        await fleet.UntilAsync(() => fleet.State.Decisions[(1, "41")].Verdict == Verdict.Rejected);
        Assert.Empty(fleet.Cluster.Done);
    }

    [Fact]
    public async Task A_node_that_a_person_holds_is_left_alone_until_it_is_released()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Auto);
        var socket = fleet.Served.Socket;
        Assert.Equal("held: n3\n", (await Command.RunAsync(["fleet", "hold", "n3", "--reason", "mine until Friday", "--socket", socket])).Output);
        Assert.Equal(2, (await Command.RunAsync(["fleet", "hold", "n3", "--socket", socket])).Code);
        Assert.Contains("tells of a node \"n99\"", (await Command.RunAsync(["fleet", "hold", "n99", "--reason", "x", "--socket", socket])).Error, StringComparison.Ordinal);
        fleet.Announce("n3");
        await fleet.UntilAsync(() => !fleet.State.Decisions.IsEmpty);
        Assert.Equal("people", fleet.State.Decisions[(1, "41")].Guard);
        Assert.Contains("held: n3 by uid ", (await Command.RunAsync(["fleet", "incidents", "--socket", socket])).Output, StringComparison.Ordinal);

        Assert.Equal("released: n3\n", (await Command.RunAsync(["fleet", "release", "n3", "--socket", socket])).Output);
        Assert.Contains("nobody holds n3", (await Command.RunAsync(["fleet", "release", "n3", "--socket", socket])).Error, StringComparison.Ordinal);
        await fleet.UntilAsync(() => fleet.Cluster.Done.OfType<SchedulerAct.TakeOut>().Any());
    }

    [Fact]
    public async Task What_waits_for_people_is_shown_and_given_back_at_their_word()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Auto);
        var socket = fleet.Served.Socket;
        Assert.Contains("was not read yet", (await Command.RunAsync(["fleet", "return", "n6", "--socket", socket])).Error, StringComparison.Ordinal);
        await fleet.LookAsync();
        Assert.Contains("n6 is in service", (await Command.RunAsync(["fleet", "return", "n6", "--socket", socket])).Error, StringComparison.Ordinal);
        fleet.Announce("n6");
        await fleet.UntilAsync(() => fleet.State.RepairOf("n6") is { Step: RepairStep.People });
        Assert.Contains("Repair: People", (await Command.RunAsync(["fleet", "incidents", "--socket", socket])).Output, StringComparison.Ordinal);
        Assert.Contains("waits for people: ReplaceHardware of GPU-n6-3", (await Command.RunAsync(["fleet", "incidents", "1", "--socket", socket])).Output, StringComparison.Ordinal);
        var refused = await Command.RunAsync(["fleet", "return", "n6", "--reason", "card replaced", "--socket", socket]);
        Assert.Contains("n6 is not well: row-remap-failed on GPU-n6-3\n--force returns it all the same", refused.Error, StringComparison.Ordinal);

        fleet.Heal("n6");
        await fleet.TellAllAsync();
        Assert.Equal("given back: n6\n", (await Command.RunAsync(["fleet", "return", "n6", "--reason", "card replaced", "--socket", socket])).Output);
        await fleet.UntilAsync(() => !fleet.State.Open.Any());
        Assert.Equal(NodePhase.InService, fleet.Cluster["n6"].Phase);
        Assert.Contains(fleet.Host.Runner.Timeline(1).Milestones, one => one is { What: "ordered" } && one.Text.EndsWith("card replaced", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_others_drained_is_not_given_back_by_force_and_what_is_ill_only_by_it()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Auto);
        var socket = fleet.Served.Socket;
        fleet.Announce("n6");
        await fleet.UntilAsync(() => fleet.State.RepairOf("n6") is { Step: RepairStep.People });
        Assert.Equal("given back: n6\n", (await Command.RunAsync(["fleet", "return", "n6", "--force", "--socket", socket])).Output);
        await fleet.UntilAsync(() => fleet.Cluster["n6"].Phase == NodePhase.InService && fleet.State.RepairOf("n6") is null);

        fleet.Cluster["n7"] = fleet.Cluster["n7"] with { Phase = NodePhase.Drained, Reason = "hans: fan" };
        await fleet.LookAsync();
        Assert.Contains("n7 was drained by others: hans: fan", (await Command.RunAsync(["fleet", "return", "n7", "--force", "--socket", socket])).Error, StringComparison.Ordinal);
        Assert.Contains("tells of no node \"n99\"", (await Command.RunAsync(["fleet", "return", "n99", "--socket", socket])).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repair_is_approved_as_a_decision_is()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Auto);
        fleet.Host.Settings = fleet.Host.Settings with { Guards = fleet.Host.Settings.Guards with { RepairMode = ActionMode.Approve } };
        fleet.Announce("n6", RepairAction.RebootNode);
        await fleet.UntilAsync(() => fleet.State.RepairOf("n6") is { AwaitsApproval: true });
        Assert.Contains("Repair: AwaitsApproval", (await Command.RunAsync(["fleet", "incidents", "--socket", fleet.Served.Socket])).Output, StringComparison.Ordinal);
        Assert.Equal("approved: RebootNode on n6\n", (await Command.RunAsync(["fleet", "approve", "1", "--socket", fleet.Served.Socket])).Output);
        await fleet.UntilAsync(() => fleet.Cluster.Done.OfType<SchedulerAct.Reboot>().Any());
    }

    [Fact]
    public async Task The_wiring_is_shown_as_a_tree()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        Assert.Equal(1, (await Command.RunAsync(["fleet", "topology", "--socket", fleet.Served.Socket])).Code); // the scheduler was not read yet
        await fleet.LookAsync();
        var shown = await Command.RunAsync(["fleet", "topology", "--socket", fleet.Served.Socket]);
        Assert.Equal(
            """
            8 nodes; told by File; 0 conflicts, 0 complaints
            leaf leaf0 (File)
              n1 n2 n3 n4 n5
            leaf leaf1 (File)
              n6 n7 n8

            """, shown.Output);
        Assert.Contains("\"failure_domains\"", (await Command.RunAsync(["fleet", "topology", "--json", "--socket", fleet.Served.Socket])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_done_is_in_the_metrics_and_in_the_line_for_systemd()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        fleet.Announce("n3");
        await fleet.UntilAsync(() => !fleet.State.Decisions.IsEmpty);
        var metrics = await fleet.Served.Client.GetStringAsync("/metrics");
        foreach (var line in (string[])["forewarn_recovery_up 1", "forewarn_recovery_incidents_open 1", "forewarn_recovery_refusals_total{guard=\"mode\"} 1",
            "forewarn_recovery_decisions_total{alternative=\"move_now\"} 1", "forewarn_recovery_commands_total 0", "forewarn_recovery_topology_conflicts 0"])
            Assert.Contains(line + "\n", metrics, StringComparison.Ordinal);
        Assert.Equal("memory: 1 incidents open, 0 jobs being moved", fleet.Host.StatusLine);

        fleet.Cluster.IsAway = true;
        await fleet.LookAsync();
        Assert.Contains("forewarn_recovery_up 0\n", await fleet.Served.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
        Assert.Equal("memory: nothing is done: Unable to contact slurm controller", fleet.Host.StatusLine);
    }

    [Fact]
    public async Task What_came_of_it_is_in_the_metrics_and_survives_a_restart()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Auto);
        fleet.Announce("n3");
        await fleet.UntilAsync(() => fleet.Move is { Step: RecoveryStep.Closed });
        var metrics = await fleet.Served.Client.GetStringAsync("/metrics");
        foreach (var line in (string[])["forewarn_controller_steps_total{step=\"stopping\"} 1", "forewarn_controller_recovery_seconds_count 1", "forewarn_controller_drained_share_ratio{partition=\"gpu\"} 0.125",
            "forewarn_controller_drained_share_limit_ratio{partition=\"gpu\"} 1", "forewarn_controller_event_streams 0", "# TYPE forewarn_controller_recovery_seconds summary"])
            Assert.Contains(line + "\n", metrics, StringComparison.Ordinal);
        Assert.Matches("forewarn_controller_recovery_seconds\\{quantile=\"0.9\"\\} [0-9.]+\n", metrics);
        Assert.Matches("forewarn_controller_saved_gpu_hours_total\\{kind=\"estimated\"\\} [0-9.]*[1-9]", metrics);
        Assert.Matches("forewarn_controller_saved_gpu_hours_total\\{kind=\"observed\"\\} [0-9.]*[1-9]", metrics);

        var tally = new RecoveryTally();
        using var again = SqliteJournal.Open(Path.Join(fleet.StateDir, RecoveryHost.JournalFile), ServedFleet.Now.AddDays(1), each: tally.Count);
        Assert.Equal(fleet.Host.Tally.SavedGpuHours, tally.SavedGpuHours);
        Assert.Equal(fleet.Host.Tally.Recoveries(0.5).Seconds, tally.Recoveries(0.5).Seconds);
        Assert.Equal(fleet.Host.Tally.Step(RecoveryStep.Placing), tally.Step(RecoveryStep.Placing));
    }

    [Fact]
    public async Task A_jobs_owner_reads_in_its_comment_that_it_was_moved()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Auto);
        fleet.Cluster.Set(fleet.Cluster.Job("41")! with { AdminComment = "ask Ada first" });
        fleet.Announce("n3");
        await fleet.UntilAsync(() => fleet.Move is { Step: RecoveryStep.Closed });
        await fleet.LookAsync();
        Assert.Matches(@"^ask Ada first \[forewarn: incident 1: moved off n3 from step 100, \d s of work lost\]$", fleet.Cluster.Job("41")!.AdminComment);
        Assert.Single(fleet.Cluster.Done.OfType<SchedulerAct.Note>());
    }

    [Fact]
    public async Task A_scheduler_that_refuses_the_comment_is_not_asked_more_often_for_it()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Auto);
        fleet.Cluster.Refuse = act => act is SchedulerAct.Note ? "Access/permission denied" : null;
        fleet.Cluster.Set(fleet.Cluster.Job("41")! with { AdminComment = "" });
        fleet.Announce("n3");
        await fleet.UntilAsync(() => fleet.Move is { Step: RecoveryStep.Closed, Outcome: RecoveryOutcome.Recovered });
        await fleet.LookAsync();
        await fleet.TellAllAsync();
        Assert.Equal(TimeSpan.FromSeconds(30), await fleet.Host.Runner.LookAsync(default));
        Assert.Equal(1, fleet.Host.Meter.CommandsRefused); // the same refusal look after look is no news
    }

    [Fact]
    public async Task An_order_comes_through_the_socket_alone()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Approve);
        using var order = new StringContent("""{"node":"n3","reason":"x"}""");
        using var refused = await fleet.Served.Client.PostAsync("/v1/hold", order);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var asked = await fleet.Served.Client.GetAsync("/v1/incidents");
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.Empty(fleet.State.Kept);
    }

    [Fact]
    public async Task Without_a_scheduler_there_are_no_incidents()
    {
        await using var served = await ServedFleet.StartAsync();
        var shown = await Command.RunAsync(["fleet", "incidents", "--socket", served.Socket]);
        Assert.Equal(1, shown.Code);
        Assert.Contains("looks after nobody's work\nset Scheduler= in [Recovery]", shown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_metric_is_documented()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/moving-work.md"));
        Assert.All(RecoveryCatalog.All.Concat(ControllerCatalog.All), family => Assert.Contains($"`{family.Name}`", page, StringComparison.Ordinal));
    }
}
