using System.Net;
using System.Net.Http.Headers;
using Forewarn.Daemon.Fleet;
using Forewarn.Daemon.Tests.Cli;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Fleet;

public class FleetLookTests
{
    [Theory]
    [InlineData("/v1/fleet")]
    [InlineData("/v1/fleet/n1")]
    public async Task From_elsewhere_an_operators_token_is_asked_for(string path)
    {
        await using var served = await ServedFleet.StartAsync();
        await served.TellAsync(ServedFleet.Report());
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(served.Client, path, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(served.Client, path, ServedFleet.TokenOf("n1")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(served.Client, path, ServedFleet.OperatorToken));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(served.OverSocket, path, null));
    }

    [Fact]
    public async Task Ready_is_when_those_that_were_known_are_heard_or_had_their_time()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await ServedFleet.StartAsync(folder))
        {
            await first.TellAsync(ServedFleet.Report("n1"));
            await first.TellAsync(ServedFleet.Report("n2"));
        }

        // A later run: what was heard before it began does not count.
        await using var again = await ServedFleet.StartAsync(folder, later: true);
        await again.TellAsync(ServedFleet.Report("n1", sequence: 2));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(again.Client, "/readyz", null));
        again.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(again.Client, "/readyz", null));
    }

    [Fact]
    public async Task The_fleet_is_shown_worst_first()
    {
        await using var served = await ServedFleet.StartAsync();
        await served.TellAsync(ServedFleet.Report("n1"));
        var failing = ServedFleet.Device("GPU-a", "card-a", HealthState.Failing) with { Rule = "row-remap-pending", Summary = "a row waits for a reset" };
        await served.TellAsync(ServedFleet.Report("n2") with { Devices = [failing] });
        served.Time.Advance(TimeSpan.FromSeconds(4));

        var shown = await Command.RunAsync(["fleet", "--socket", served.Socket]);

        Assert.Equal(
            """
            2 nodes, 1 failing, 1 healthy
            NODE STATE   ILL DEVICES HEARD WHAT
            n2   Failing   1       1  4.0s a row waits for a reset
            n1   Healthy   0       2  4.0s

            """, shown.Output);
        Assert.Equal(0, shown.Code);
        var json = await Command.RunAsync(["fleet", "--json", "--socket", served.Socket]);
        Assert.Contains("\"ill_count\": 1", json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_node_is_shown_with_its_devices_and_what_happened()
    {
        await using var served = await ServedFleet.StartAsync();
        await served.TellAsync(ServedFleet.Report("n1", transitions: [4]));
        var shown = await Command.RunAsync(["fleet", "node", "n1", "--socket", served.Socket]);
        Assert.StartsWith("n1: Healthy\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("GPU-a  card-a", shown.Output, StringComparison.Ordinal);
        Assert.Contains("03:16:07  GPU-a: transition 4\n", shown.Output, StringComparison.Ordinal);
        var unknown = await Command.RunAsync(["fleet", "node", "n9", "--socket", served.Socket]);
        Assert.Equal(1, unknown.Code);
        Assert.Contains("no agent of a node \"n9\" was ever heard", unknown.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_controller_that_is_not_there()
    {
        using var folder = new TemporaryFolder();
        var fleet = await Command.RunAsync(["fleet", "--socket", Path.Join(folder.Path, "none.sock")]);
        Assert.Equal(1, fleet.Code);
        Assert.Contains("the controller is not running", fleet.Error, StringComparison.Ordinal);
        Assert.Contains("systemctl start forewarn-controller", fleet.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_printed_and_the_controller_takes_it()
    {
        using var folder = new TemporaryFolder();
        var key = ServedFleet.Secret(folder, "site.key", ServedFleet.SiteKey);
        var configuration = folder.Write("forewarn.conf", $"[Fleet]\nSiteKeyFile={key}\n");
        var token = await Command.RunAsync(["fleet", "token", "n1.example.org"], configuration);
        Assert.Equal((0, ServedFleet.TokenOf("n1.example.org") + "\n"), (token.Code, token.Output));
        Assert.Contains("\"node\": \"n1\"", (await Command.RunAsync(["fleet", "token", "n1", "--json"], configuration)).Output, StringComparison.Ordinal);
        Assert.Equal(2, (await Command.RunAsync(["fleet", "token", "../n1"], configuration)).Code);

        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var refused = await Command.RunAsync(["fleet", "token", "n1"], configuration);
        Assert.Equal((1, ""), (refused.Code, refused.Output));
        Assert.Contains("can be read by everybody", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_starts_the_controller_is_read()
    {
        var started = await Command.RunAsync(["controller", "--listen", "127.0.0.1:9", "--set", "Fleet.Keep=2d"]);
        Assert.Equal(9, started.Code);
        Assert.Equal(["Fleet.Keep=2d", "Fleet.Listen=127.0.0.1:9"], started.Controller!.Overrides.Select(one => one.Assignment));
    }

    [Fact]
    public void Every_metric_is_documented()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs/fleet.md"));
        Assert.All(FleetCatalog.All, family => Assert.Contains($"`{family.Name}`", page, StringComparison.Ordinal));
        Assert.All(FleetMeter.Reasons, reason => Assert.Contains($"`{reason}`", page, StringComparison.Ordinal));
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
