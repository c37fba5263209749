using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Recovery;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Recovery.Views;
using Forewarn.Daemon.Tests.Cli;
using Forewarn.Daemon.Tests.Fleet;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Recovery;

/// <summary>What can be asked of nodes, jobs, plans and the controller itself.</summary>
public class LookTests
{
    [Theory]
    [InlineData("/v1/status")]
    [InlineData("/v1/nodes")]
    [InlineData("/v1/nodes/n1")]
    [InlineData("/v1/jobs")]
    [InlineData("/v1/jobs/41")]
    [InlineData("/v1/plans")]
    [InlineData("/v1/advice")]
    [InlineData("/v1/advice/41")]
    public async Task From_elsewhere_an_operators_token_is_asked_for(string path)
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        await fleet.LookAsync();
        using var asked = await fleet.Served.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new("Bearer", ServedFleet.OperatorToken) } };
        using var answered = await fleet.Served.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        using var body = JsonDocument.Parse(await answered.Content.ReadAsStringAsync());
        Assert.Equal("v1", body.RootElement.GetProperty("api").GetString());
    }

    [Theory]
    [InlineData("/v1/nodes?state=ill", "state=ill is not made of Healthy, Watch")]
    [InlineData("/v1/nodes?state=3", "state=3 is not made of")]
    [InlineData("/v1/nodes?limit=0", "limit=0 is not a number from 1 to 65536")]
    [InlineData("/v1/jobs?color=red", "color is none of state, partition, after, limit")]
    [InlineData("/v1/plans?state=Running,open", "state=Running,open is not made of Proposed")]
    public async Task A_question_that_is_not_understood_is_answered_with_what_would_be(string path, string why)
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        using var asked = await fleet.Served.OverSocket.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
        Assert.Contains(why, await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_are_told_with_what_the_scheduler_says_and_what_we_did()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Auto);
        fleet.Announce("n3");
        await fleet.UntilAsync(() => fleet.State.Drains.GetValueOrDefault("n3") is { WasOut: true });
        var bad = await ReadAsync(fleet, "/v1/nodes?state=failing,failed");
        Assert.Equal(1, bad.GetProperty("total").GetInt32());
        var node = Assert.Single(bad.GetProperty("nodes").EnumerateArray());
        Assert.Equal(("n3", "Failing", "leaf0"), (node.GetProperty("name").GetString(), node.GetProperty("state").GetString(), node.GetProperty("leaf").GetString()));
        Assert.Equal("Draining", node.GetProperty("scheduler").GetProperty("phase").GetString());
        Assert.Equal((1, true), (node.GetProperty("drain").GetProperty("incident").GetInt64(), node.GetProperty("drain").GetProperty("was_out").GetBoolean()));
        Assert.Equal([1], node.GetProperty("incidents").EnumerateArray().Select(one => one.GetInt64()));
        Assert.Equal(0, (await ReadAsync(fleet, "/v1/nodes?partition=cpu")).GetProperty("total").GetInt32());

        var shown = await Command.RunAsync(["fleet", "node", "n3", "--socket", fleet.Served.Socket]);
        Assert.StartsWith("n3: Failing; drained by us; a row could not be remapped\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("scheduler Draining: forewarn[1/1]: ", shown.Output, StringComparison.Ordinal);
        Assert.Contains("beneath   leaf leaf0\n", shown.Output, StringComparison.Ordinal);
        Assert.Matches(@"because of incident\s+1: +forewarn\[1/1\]", shown.Output);
        Assert.Contains("99 %", shown.Output, StringComparison.Ordinal); // within seven days
    }

    [Fact]
    public async Task A_list_comes_page_by_page_and_each_node_once()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        await fleet.LookAsync();
        List<string> met = [];
        for (var after = ""; ;)
        {
            var page = await ReadAsync(fleet, $"/v1/nodes?limit=3&after={after}");
            met.AddRange(page.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("name").GetString()!));
            if (!page.TryGetProperty("next", out var next)) break;
            after = next.GetString()!;
        }

        Assert.Equal(["n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8"], met);
    }

    [Fact]
    public void Of_ten_thousand_nodes_only_those_of_the_page_are_made()
    {
        var now = ServedFleet.Now;
        var nodes = Enumerable.Range(0, 10_000).Select(number => new FleetNode { Report = ServedFleet.Report($"n{number:00000}"), Heard = now });
        var fleet = new FleetState(now) { Nodes = nodes.ToImmutableDictionary(node => node.Name) };
        var list = NodeAnswers.List(new WholeSight(fleet, now, ControllerState.Empty, null, null), new PageQuestion<HealthState>(100, "n04999", null, null));
        Assert.Equal((10_000, "n05099"), (list.Total, list.Next));
        Assert.Equal((100, "n05000"), (list.Nodes.Count(), list.Nodes.First().Name));
        Assert.NotSame(list.Nodes.First(), list.Nodes.First()); // made when it is written, and not kept
    }

    [Fact]
    public async Task A_job_is_told_with_its_contract_its_checkpoint_and_what_was_done_for_it()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Auto);
        fleet.Cluster.Checkpoints["41"] = new("/ckpt/before", 90, ServedFleet.Now.AddMinutes(-20));
        fleet.Announce("n3");
        await fleet.UntilAsync(() => fleet.Move is { Step: RecoveryStep.Closed });
        var job = await ReadAsync(fleet, "/v1/jobs/41");
        Assert.Equal(("Running", "ada", 4, 1), (job.GetProperty("phase").GetString(), job.GetProperty("user").GetString(), job.GetProperty("node_count").GetInt32(), job.GetProperty("restarts").GetInt32()));
        Assert.Equal("n5", job.GetProperty("nodes")[3].GetProperty("node").GetString());
        Assert.Equal(("/ckpt", "USR1", 20), (job.GetProperty("contract").GetProperty("directory").GetString(), job.GetProperty("contract").GetProperty("signal").GetString(), job.GetProperty("contract").GetProperty("checkpoint_seconds").GetInt32()));
        Assert.Equal("/ckpt/asked", job.GetProperty("checkpoint").GetProperty("path").GetString());
        Assert.Equal("Recovered", job.GetProperty("move").GetProperty("outcome").GetString());
        Assert.InRange(job.GetProperty("move").GetProperty("lost_seconds").GetDouble(), 1, 15); // it runs on behind the checkpoint that it was asked for
        Assert.InRange(job.GetProperty("move").GetProperty("kept_seconds").GetDouble(), 20 * 60, 22 * 60);
        Assert.Single(job.GetProperty("restarted").EnumerateArray());
        var shown = await Command.RunAsync(["fleet", "job", "41", "--socket", fleet.Served.Socket]);
        Assert.StartsWith("job 41 of ada: Running\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("nodes      n1 n2 n4 n5\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("declared   dir=/ckpt signal=USR1 to=steps on-request=continue cost=20s\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("move of job 41: Closed since ", shown.Output, StringComparison.Ordinal);
        Assert.Matches("  work: [0-9.]+ s lost, 2[01] min kept that a failure would have taken\n", shown.Output);

        var strange = await Command.RunAsync(["fleet", "job", "77", "--socket", fleet.Served.Socket]);
        Assert.Equal(1, strange.Code);
        Assert.Contains("memory knows no job \"77\"", strange.Error, StringComparison.Ordinal);
        var all = await Command.RunAsync(["fleet", "jobs", "--state", "Running", "--socket", fleet.Served.Socket]);
        Assert.Contains("41  ada  gpu       Running     4    32        1 ", all.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await Command.RunAsync(["fleet", "jobs", "--state", "asleep", "--socket", fleet.Served.Socket])).Code);
    }

    [Fact]
    public async Task A_plan_is_proposed_then_runs_then_is_done_and_says_what_lost()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Approve);
        fleet.Announce("n3");
        await fleet.UntilAsync(() => !fleet.State.Decisions.IsEmpty);
        var proposed = await ReadAsync(fleet, "/v1/plans/1-41");
        Assert.Equal(("Proposed", "mode"), (proposed.GetProperty("state").GetString(), proposed.GetProperty("guard").GetString()));
        Assert.Equal("n5", proposed.GetProperty("destinations")[2].GetString());
        var losing = proposed.GetProperty("losing")[0]; // the nodes beneath the other leaf
        Assert.StartsWith("n3 → n", losing.GetProperty("moves")[0].GetString(), StringComparison.Ordinal);
        Assert.NotEqual("n3 → n5", losing.GetProperty("moves")[0].GetString());
        Assert.NotEqual("", losing.GetProperty("words").GetString());

        await Command.RunAsync(["fleet", "approve", "1", "--reason", "go on", "--socket", fleet.Served.Socket]);
        Assert.Equal("Approved", (await ReadAsync(fleet, "/v1/plans")).GetProperty("plans")[0].GetProperty("state").GetString());
        await fleet.UntilAsync(() => fleet.Move is not null);
        Assert.Equal("Running", (await ReadAsync(fleet, "/v1/plans?state=Running")).GetProperty("plans")[0].GetProperty("state").GetString());
        await fleet.UntilAsync(() => fleet.Move is { Step: RecoveryStep.Closed });
        Assert.Empty((await ReadAsync(fleet, "/v1/plans?state=Running")).GetProperty("plans").EnumerateArray());
        var shown = await Command.RunAsync(["fleet", "plan", "1-41", "--socket", fleet.Served.Socket]);
        Assert.StartsWith("plan 1-41: Done\njob   41 of ada\noff   n3\nonto  n1, n2, n5, n4\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains(": go on\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("  lost: n3 → ", shown.Output, StringComparison.Ordinal);
        Assert.Contains("1-41 ada  Done", (await Command.RunAsync(["fleet", "plan", "--socket", fleet.Served.Socket])).Output, StringComparison.Ordinal);
        Assert.Equal(1, (await Command.RunAsync(["fleet", "plan", "9-41", "--socket", fleet.Served.Socket])).Code);
    }

    [Fact]
    public async Task The_status_is_one_screen_of_eighty_columns()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Approve);
        fleet.Announce("n3");
        fleet.Host.Settings = fleet.Host.Settings with { Guards = fleet.Host.Settings.Guards with { MaxDrainedShare = 0, AlwaysDrainable = 1 } };
        fleet.Cluster["n8"] = fleet.Cluster["n8"] with { Phase = Forewarn.Controller.Schedulers.NodePhase.Drained, Reason = "fans" };
        await fleet.UntilAsync(() => !fleet.State.Decisions.IsEmpty);
        var shown = await Command.RunAsync(["fleet", "status", "--socket", fleet.Served.Socket]);
        Assert.Equal(0, shown.Code);
        var lines = shown.Output.Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.InRange(lines.Length, 1, 24);
        Assert.Contains("8 nodes, 1 failing, 7 healthy\n", shown.Output, StringComparison.Ordinal);
        Assert.Matches(@"gpu +approve +8 +1 +0 +1 +12\.5 % FULL: no further node", shown.Output);
        Assert.Contains("1 incidents open\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("0 jobs are being moved\n", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', shown.Output);

        fleet.Cluster.IsAway = true;
        await fleet.LookAsync();
        Assert.Contains("NOTHING IS DONE: Unable to contact slurm controller\n", (await Command.RunAsync(["fleet", "status", "--socket", fleet.Served.Socket])).Output, StringComparison.Ordinal);
        var json = await ReadAsync(fleet, "/v1/status");
        Assert.True(json.GetProperty("work").GetProperty("partitions")[0].GetProperty("full").GetBoolean());
    }

    [Fact]
    public async Task The_breaker_is_open_as_long_as_one_more_drain_would_be_refused()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Auto);
        fleet.Host.Settings = fleet.Host.Settings with { Guards = fleet.Host.Settings.Guards with { MaxDrainedShare = 0, AlwaysDrainable = 1 } };
        await OpenIsAsync(0);

        fleet.Cluster["n8"] = fleet.Cluster["n8"] with { Phase = Forewarn.Controller.Schedulers.NodePhase.Drained, Reason = "fans" };
        fleet.Announce("n3");
        await fleet.UntilAsync(() => fleet.State.Decisions.Values.Any(static decision => decision.Guard == "drained-share"));
        await OpenIsAsync(1);

        fleet.Cluster["n8"] = fleet.Cluster["n8"] with { Phase = Forewarn.Controller.Schedulers.NodePhase.InService, Reason = "" };
        await OpenIsAsync(0); // it does not latch: what was refused is done at this look
        await fleet.UntilAsync(() => fleet.Move is not null);

        async Task OpenIsAsync(int open)
        {
            await fleet.LookAsync();
            Assert.Contains($"forewarn_controller_breaker_open{{partition=\"gpu\"}} {open}\n", await fleet.Served.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_scheduler_nodes_and_status_are_told_all_the_same()
    {
        await using var served = await ServedFleet.StartAsync();
        await served.TellAsync(ServedFleet.Report("n1"));
        Assert.Contains("n1   Healthy –", (await Command.RunAsync(["fleet", "nodes", "--socket", served.Socket])).Output, StringComparison.Ordinal);
        Assert.Contains("nobody's work is looked after", (await Command.RunAsync(["fleet", "status", "--socket", served.Socket])).Output, StringComparison.Ordinal);
        Assert.Contains("looks after nobody's work", (await Command.RunAsync(["fleet", "plan", "--socket", served.Socket])).Error, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> ReadAsync(JoinedFleet fleet, string path)
    {
        using var body = JsonDocument.Parse(await fleet.Served.OverSocket.GetStringAsync(path));
        return body.RootElement.Clone();
    }
}
