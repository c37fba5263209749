using System.Net;
using System.Text;
using System.Text.Json;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Fleet;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Fleet;

public class ReportTests
{
    [Fact]
    public async Task A_report_is_taken_stored_and_seen()
    {
        await using var served = await ServedFleet.StartAsync();
        var changes = new List<FleetChange>();
        served.Keeper.Changed = changes.Add;
        served.Keeper.Orders = static node => [new CheckpointOrder("4711", 3, ServedFleet.Now, ServedFleet.Now.AddMinutes(5), $"the card of {node} fails")];

        var reply = await served.TellAsync(ServedFleet.Report(transitions: [4, 6]));

        Assert.Equal((ReportProtocol.Version, 6L), (reply.Protocol, reply.Taken));
        Assert.Equal("the card of n1 fails", Assert.Single(reply.Orders).Reason);
        Assert.Equal([4L, 6], Assert.Single(changes).Transitions.Select(one => one.Id));
        Assert.Equal(HealthState.Healthy, served.Keeper.State.Health(served.Keeper.State.Node("n1")!, ServedFleet.Now));
    }

    [Fact]
    public async Task Sent_again_it_is_answered_alike_and_changes_nothing()
    {
        await using var served = await ServedFleet.StartAsync();
        var first = await served.TellAsync(ServedFleet.Report(transitions: [4]));
        var state = served.Keeper.State;
        var second = await served.TellAsync(ServedFleet.Report(transitions: [4]));
        Assert.Equal(first.Taken, second.Taken);
        Assert.Same(state, served.Keeper.State);
        Assert.Equal((1, 1, 1), (served.Keeper.Meter.Taken, served.Keeper.Meter.Duplicate, served.Keeper.Meter.Transitions));
        Assert.Single(await served.Keeper.NewestAsync("n1", 10));
    }

    [Fact]
    public async Task An_agent_without_a_store_is_heard_and_keeps_its_place_in_the_one_that_it_had()
    {
        await using var served = await ServedFleet.StartAsync();
        await served.TellAsync(ServedFleet.Report(store: ""));
        Assert.Equal(HealthState.Healthy, served.Keeper.State.Health(served.Keeper.State.Node("n1")!, ServedFleet.Now));
        Assert.Equal(4, (await served.TellAsync(ServedFleet.Report(sequence: 2, transitions: [4]))).Taken);
        await served.TellAsync(ServedFleet.Report(sequence: 3, store: ""));
        Assert.Equal(6, (await served.TellAsync(ServedFleet.Report(sequence: 4, transitions: [4, 6]))).Taken);
        Assert.Equal([6L, 4], (await served.Keeper.NewestAsync("n1", 10)).Select(one => one.Id));
    }

    [Fact]
    public async Task A_state_that_is_a_number_of_nothing_is_refused_and_the_metrics_go_on()
    {
        await using var served = await ServedFleet.StartAsync();
        using var answer = await served.SendAsync(ServedFleet.Report() with { Devices = [ServedFleet.Device("GPU-a", "card-a", (HealthState)77)] });
        await RefusedAsync(served, answer, HttpStatusCode.BadRequest, ReportRefusal.Malformed, "a device is in a state that is not known");
        Assert.Contains("forewarn_fleet_reports_refused_total{reason=\"malformed\"} 1\n", await served.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_more_often_than_any_agent_is_sent_away_and_nobody_else()
    {
        await using var served = await ServedFleet.StartAsync();
        for (var i = 0; i < ReportRate.Most; i++)
        {
            using var taken = await served.SendAsync([], ServedFleet.TokenOf("n1"), "br");
            Assert.Equal(HttpStatusCode.BadRequest, taken.StatusCode);
        }

        using var answer = await served.SendAsync(ServedFleet.Report());
        await RefusedAsync(served, answer, HttpStatusCode.TooManyRequests, ReportRefusal.TooOften, "node n1 reports more than 600 times in a minute");
        Assert.Equal(TimeSpan.FromMinutes(1), answer.Headers.RetryAfter!.Delta);
        await served.TellAsync(ServedFleet.Report("n2"));
        served.Time.Advance(TimeSpan.FromMinutes(1));
        await served.TellAsync(ServedFleet.Report());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("n1")]
    [InlineData("n1.")]
    [InlineData("n1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Without_a_token_of_ours_nothing_is_taken(string? token)
    {
        await using var served = await ServedFleet.StartAsync();
        using var answer = await served.SendAsync(ServedFleet.Pack("not even looked at"u8.ToArray()), token);
        await RefusedAsync(served, answer, HttpStatusCode.Unauthorized, ReportRefusal.Unauthenticated, "nothing proves which node this is");
    }

    [Fact]
    public async Task A_report_for_another_node_is_refused_and_its_sender_told()
    {
        await using var served = await ServedFleet.StartAsync();
        using var answer = await served.SendAsync(ServedFleet.Report("n2"), ServedFleet.TokenOf("n1"));
        await RefusedAsync(served, answer, HttpStatusCode.Forbidden, ReportRefusal.OtherNode, "the report is of node n2, and its sender is n1");
    }

    [Fact]
    public async Task What_is_too_large_is_refused_packed_or_unpacked()
    {
        await using var served = await ServedFleet.StartAsync();
        using var bomb = await served.SendAsync(ServedFleet.Pack(new byte[ReportBody.MostPlain + 1]), ServedFleet.TokenOf("n1"));
        await RefusedAsync(served, bomb, HttpStatusCode.RequestEntityTooLarge, ReportRefusal.TooLarge, "unpacked it has more than");
        var noise = new byte[ReportBody.MostPacked + 1];
        new Random(1).NextBytes(noise);
        try
        {
            using var large = await served.SendAsync(noise, ServedFleet.TokenOf("n1"));
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        }
        catch (HttpRequestException)
        {
            // The server has closed the connection over what it did not read, and the kernel took the answer with it.
        }

        Assert.Equal(2, served.Keeper.Meter.Refused(ReportRefusal.TooLarge));
    }

    [Fact]
    public async Task A_gzip_that_was_cut_is_refused()
    {
        await using var served = await ServedFleet.StartAsync();
        var whole = ServedFleet.Pack(JsonSerializer.SerializeToUtf8Bytes(ServedFleet.Report(), FleetJson.Default.AgentReport));
        using var answer = await served.SendAsync(whole[..(whole.Length / 2)], ServedFleet.TokenOf("n1"));
        await RefusedAsync(served, answer, HttpStatusCode.BadRequest, ReportRefusal.Malformed, "");
    }

    [Theory]
    [InlineData("", "the body is not a report")]
    [InlineData("null", "the body is null")]
    [InlineData("[]", "the body is not a report")]
    [InlineData("""{"protocol":1}""", "the body is not a report")]
    [InlineData("""{"protocol":1,"node":"n1","store":null,"sequence":1,"at":"2026-03-04T03:16:07Z","started":"2026-03-04T03:16:07Z"}""", "store must name")]
    public async Task What_is_no_report_is_refused_with_the_place(string body, string detail)
    {
        await using var served = await ServedFleet.StartAsync();
        using var answer = await served.SendAsync(ServedFleet.Pack(Encoding.UTF8.GetBytes(body)), ServedFleet.TokenOf("n1"));
        await RefusedAsync(served, answer, HttpStatusCode.BadRequest, ReportRefusal.Malformed, detail);
    }

    [Fact]
    public async Task A_coding_that_is_not_known_is_refused()
    {
        await using var served = await ServedFleet.StartAsync();
        using var answer = await served.SendAsync([1, 2, 3], ServedFleet.TokenOf("n1"), "br");
        await RefusedAsync(served, answer, HttpStatusCode.BadRequest, ReportRefusal.Malformed, "Content-Encoding: br is not known");
    }

    [Theory]
    [InlineData("""{"protocol":9,"shape":"another"}""")]
    [InlineData("""{"protocol":0,"node":"n1","store":"s","sequence":1,"at":"2026-03-04T03:16:07Z","started":"2026-03-04T03:16:07Z"}""")]
    public async Task Of_another_version_it_is_refused_as_such(string body)
    {
        await using var served = await ServedFleet.StartAsync();
        using var answer = await served.SendAsync(ServedFleet.Pack(Encoding.UTF8.GetBytes(body)), ServedFleet.TokenOf("n1"));
        await RefusedAsync(served, answer, HttpStatusCode.BadRequest, ReportRefusal.Version, "this controller understands 1 to 1");
    }

    [Fact]
    public async Task Two_agents_that_speak_for_one_node_are_told_apart()
    {
        await using var served = await ServedFleet.StartAsync();
        await served.TellAsync(ServedFleet.Report());
        using var answer = await served.SendAsync(ServedFleet.Report(sequence: 5) with { Started = ServedFleet.Now.AddHours(-2) });
        await RefusedAsync(served, answer, HttpStatusCode.Conflict, ReportRefusal.Contested, "an agent that was started later speaks for node n1");
    }

    [Fact]
    public async Task One_that_is_played_back_is_refused_and_counted_and_nothing_of_it_is_kept()
    {
        await using var served = await ServedFleet.StartAsync();
        await served.TellAsync(ServedFleet.Report(transitions: [4]));
        await served.TellAsync(ServedFleet.Report(sequence: 2, transitions: [4, 6]));
        using var answer = await served.SendAsync(ServedFleet.Report(transitions: [4, 7]));
        await RefusedAsync(served, answer, HttpStatusCode.Conflict, ReportRefusal.Replayed, "to which report 1 belongs a later one was taken");
        served.Time.Advance(TimeSpan.FromHours(1)); // a node that is silent is not woken by it
        using var later = await served.SendAsync(ServedFleet.Report(transitions: [4]));
        Assert.Equal(HttpStatusCode.Conflict, later.StatusCode);
        Assert.Equal([6L, 4], (await served.Keeper.NewestAsync("n1", 10)).Select(one => one.Id));
        Assert.Contains("forewarn_fleet_reports_refused_total{reason=\"replayed\"} 2\n", await served.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_with_a_number_that_was_taken_and_another_body_is_refused()
    {
        await using var served = await ServedFleet.StartAsync();
        await served.TellAsync(ServedFleet.Report());
        using var answer = await served.SendAsync(ServedFleet.Report() with { Devices = [ServedFleet.Device("GPU-a", "card-a", HealthState.Failed)] });
        await RefusedAsync(served, answer, HttpStatusCode.Conflict, ReportRefusal.Conflicting, "report 1 of node n1 was taken, and said something else");
        Assert.Equal(HealthState.Healthy, served.Keeper.State.Health(served.Keeper.State.Node("n1")!, ServedFleet.Now));
        Assert.Contains("forewarn_fleet_reports_refused_total{reason=\"conflicting\"} 1\n", await served.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_are_counted_by_reason_and_cost_nobody_else_anything()
    {
        await using var served = await ServedFleet.StartAsync();
        using (await served.SendAsync([], null)) { }
        await served.TellAsync(ServedFleet.Report());
        var page = await served.Client.GetStringAsync("/metrics");
        Assert.Contains("forewarn_fleet_reports_refused_total{reason=\"unauthenticated\"} 1\n", page, StringComparison.Ordinal);
        Assert.Contains("forewarn_fleet_reports_total 1\n", page, StringComparison.Ordinal);
        Assert.Contains("forewarn_fleet_nodes{state=\"healthy\"} 1\n", page, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(ServedFleet served, HttpResponseMessage answer, HttpStatusCode status, ReportRefusal reason, string detail)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(detail, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(served.Keeper.Meter.Refused(reason) > 0);
    }
}
