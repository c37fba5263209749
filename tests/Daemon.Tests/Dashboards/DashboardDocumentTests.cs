using System.Text.RegularExpressions;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Daemon.Fleet;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Tests.Exporters;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Dashboards;

public partial class DashboardDocumentTests
{
    [Fact]
    public void The_page_of_a_node_is_made_from_the_catalogues() => Golden.Matches("packaging/grafana/forewarn-node.json", NodeDashboard.Make().Write());

    [Fact]
    public void The_page_of_the_fleet_is_made_from_the_catalogues() => Golden.Matches("packaging/grafana/forewarn-fleet.json", FleetDashboard.Make().Write());

    [Fact]
    public void Dashboards_and_alerts_ask_for_metrics_that_there_are()
    {
        var known = SelfCatalog.All.Concat(FleetCatalog.All).Concat(RecoveryCatalog.All).Concat(ControllerCatalog.All).Select(family => family.Name).Concat(SignalCatalog.Families.Select(family => family.Name)).ToHashSet();
        var alerts = File.ReadAllText(Path.Join(Repository.Root, "packaging/alerts/forewarn.rules.yml"));
        var asked = Queries().Append(alerts).SelectMany(text => Metric().Matches(text)).Select(match => match.Value).Distinct();
        Assert.Empty(asked.Except(known));
    }

    [Fact]
    public void Each_page_has_a_panel_for_every_metric_of_the_catalogue() => Assert.All(
        [NodeDashboard.Make(), FleetDashboard.Make()],
        page => Assert.Empty(SignalCatalog.Families.Select(family => family.Name).Except(page.Panels.SelectMany(panel => panel.Queries).SelectMany(query => Metric().Matches(query.Query)).Select(match => match.Value))));

    [DebianFact("promtool", "prometheus")]
    public async Task Prometheus_understands_every_query()
    {
        using var folder = new TemporaryFolder();
        var rules = Queries().Select((query, number) => $"      - record: panel:{number}\n        expr: '{query.Replace("$__rate_interval", "5m", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'\n");
        folder.Write("queries.yml", "groups:\n  - name: panels\n    rules:\n" + string.Concat(rules));
        var (code, output) = await Promtool.RunAsync(["check", "rules", Path.Join(folder.Path, "queries.yml")]);
        Assert.True(code == 0, output);
    }

    /// <summary>Seven links of a card are up and one is down, on a node of good ones: both pages show it.</summary>
    [DebianFact("promtool", "prometheus")]
    public async Task One_bad_link_among_many_good_ones_is_seen()
    {
        const string up = "forewarn_link_up";
        using var folder = new TemporaryFolder();
        var series = string.Concat(Enumerable.Range(0, 8).Select(card => string.Concat(Enumerable.Range(0, 8).Select(link =>
            $"      - series: '{up}{{instance=\"$instance\",uuid=\"GPU-{card}\",index=\"{card}\",vendor=\"nvidia\",link=\"{link}\"}}'\n        values: '{(card == 3 && link == 5 ? 0 : 1)}x5'\n"))));
        var least = new[] { FleetDashboard.Make(), NodeDashboard.Make() }.Select(page => Assert.Single(page.Panels.SelectMany(panel => panel.Queries),
            query => query.Query.Contains(up + (page.Uid == "forewarn-node" ? "{" : ")"), StringComparison.Ordinal) && query.Legend.EndsWith("least", StringComparison.Ordinal)).Query);
        var asked = string.Concat(least.Select(query => $"      - expr: 'min({query})'\n        eval_time: 2m\n        exp_samples: [{{labels: '{{}}', value: 0}}]\n"));
        folder.Write("test.yml", $"rule_files: []\nevaluation_interval: 1m\ntests:\n  - interval: 1m\n    input_series:\n{series}    promql_expr_test:\n{asked}");
        var (code, output) = await Promtool.RunAsync(["test", "rules", Path.Join(folder.Path, "test.yml")]);
        Assert.True(code == 0, output);
    }

    [DebianFact("promtool", "prometheus")]
    public async Task The_alerts_do_what_their_tests_say()
    {
        var folder = Path.Join(Repository.Root, "packaging/alerts");
        var (checkedCode, problems) = await Promtool.RunAsync(["check", "rules", Path.Join(folder, "forewarn.rules.yml")]);
        Assert.True(checkedCode == 0, problems);
        var (code, output) = await Promtool.RunAsync(["test", "rules", Path.Join(folder, "forewarn.test.yml")]);
        Assert.True(code == 0, output);
    }

    [Fact]
    public void Every_alert_has_a_test()
    {
        var folder = Path.Join(Repository.Root, "packaging/alerts");
        var tests = File.ReadAllText(Path.Join(folder, "forewarn.test.yml"));
        var alerts = Alert().Matches(File.ReadAllText(Path.Join(folder, "forewarn.rules.yml"))).Select(match => match.Groups["name"].Value).ToList();
        Assert.NotEmpty(alerts);
        var fired = Fired().Matches(tests).Select(match => match.Groups["name"].Value).ToHashSet();
        Assert.All(alerts, alert => Assert.Contains(alert, fired));
    }

    [DebianFact("amtool", "prometheus-alertmanager")]
    public async Task Alertmanager_understands_its_example()
    {
        await using var amtool = RealProgram.Start("amtool", ["check-config", Path.Join(Repository.Root, "packaging/alerts/alertmanager.example.yml")]);
        Assert.True(await amtool.Ended == 0, amtool.Output + amtool.Errors);
    }

    [Fact]
    public void Every_alert_says_what_is_the_matter_and_where_to_read_on()
    {
        var page = File.ReadLines(Path.Join(Repository.Root, "docs/alerts.md")).Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..].ToLowerInvariant()).ToHashSet();
        var alerts = File.ReadAllText(Path.Join(Repository.Root, "packaging/alerts/forewarn.rules.yml")).Split("- alert: ")[1..];
        Assert.All(alerts, alert =>
        {
            Assert.Contains("severity: ", alert, StringComparison.Ordinal);
            if (alert.Contains("annotations: *device", StringComparison.Ordinal)) return; // those of ForewarnDeviceFailed
            Assert.Contains("summary: ", alert, StringComparison.Ordinal);
            Assert.Contains("description: ", alert, StringComparison.Ordinal);
            var url = RunbookUrl().Match(alert);
            Assert.True(url.Success, alert);
            Assert.Contains(url.Groups["section"].Value, page);
        });
    }

    private static IEnumerable<string> Queries() =>
        NodeDashboard.Make().Panels.Concat(FleetDashboard.Make().Panels).SelectMany(panel => panel.Queries).Select(query => query.Query);

    [GeneratedRegex("forewarn_[a-z0-9_]+", RegexOptions.NonBacktracking)]
    private static partial Regex Metric();

    [GeneratedRegex("- alert: (?<name>[A-Za-z]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Alert();

    // A test that only expects nothing cannot fail when the alert is wrong.
    [GeneratedRegex(@"alertname: (?<name>[A-Za-z]+)\s+exp_alerts:\s+- exp_labels", RegexOptions.NonBacktracking)]
    private static partial Regex Fired();

    [GeneratedRegex("runbook_url: 'file:///usr/share/doc/forewarn/alerts\\.md#(?<section>[a-z]+)'", RegexOptions.NonBacktracking)]
    private static partial Regex RunbookUrl();
}
