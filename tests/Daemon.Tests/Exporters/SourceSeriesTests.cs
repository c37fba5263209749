using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Exporters;

public class SourceSeriesTests
{
    private readonly ScrapedNode _node = new();

    public static TheoryData<string> States => [.. Enum.GetNames<SourceState>()];

    [Theory]
    [MemberData(nameof(States))]
    public void A_source_is_in_exactly_one_state_and_up_only_while_it_runs(string name)
    {
        var state = Enum.Parse<SourceState>(name);
        _node.Source.Status = new(state, NoDataReason.None, "", ScrapedNode.Noon);

        var states = _node.Samples("forewarn_source_state");
        Assert.Equal(Enum.GetValues<SourceState>().Length, states.Length);
        var now = Assert.Single(states, line => line.EndsWith(" 1", StringComparison.Ordinal));
        Assert.Contains($"state=\"{name.ToLowerInvariant()}\"", now, StringComparison.Ordinal);
        Assert.Equal(state == SourceState.Running ? "1" : "0", Assert.Single(_node.Samples("forewarn_source_up"))[^1..]);
    }

    [Fact]
    public void A_source_that_never_finished_a_sweep_has_no_time_of_success()
    {
        Assert.Empty(_node.Samples("forewarn_source_last_success"));
        _node.Source.LastSuccess = ScrapedNode.Noon;
        Assert.EndsWith(" 1773489600.25", Assert.Single(_node.Samples("forewarn_source_last_success")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_group_that_comes_later_joins_its_families()
    {
        _node.Source.CallGroup("ecc").Add(1_500_000_000);
        Assert.Single(_node.Samples("forewarn_source_calls_total"));
        _node.Source.CallGroup("power").Add(250_000_000);
        _node.Source.CallGroup("ecc").Add(500_000_000);

        Assert.Equal(
            ["forewarn_source_calls_total{source=\"nvml\",call=\"ecc\"} 2",
             "forewarn_source_calls_total{source=\"nvml\",call=\"power\"} 1"],
            _node.Samples("forewarn_source_calls_total"));
        Assert.Equal(["2", "0.25"], _node.Samples("forewarn_source_call_seconds_total").Select(line => line.Split(' ')[^1]));
    }

    [Fact]
    public void Two_sources_of_one_maker_share_the_family_of_its_errors()
    {
        var other = new SourceView("nvml-b", new(DriverErrorCatalog.Xid.Family with { }, "xid"), ScrapedNode.Noon);
        _node.View.Add(other);
        _node.AddMeasured(ScrapedNode.Card(0)).CountDriverError(79);
        _node.View.Upsert(ScrapedNode.Card(1), other).CountDriverError(48);

        var family = Assert.Single(Exposition.Parse(_node.Scrape()).Families, family => family.Name == "forewarn_xid_errors_total");
        Assert.Equal("counter", family.Type);
        Assert.Equal(2, family.Samples.Count);
        Assert.Equal(2, _node.Samples("forewarn_source_up").Length);
    }

    [Fact]
    public void A_probe_that_ended_takes_its_series_with_it()
    {
        _node.View.Processes =
        [
            new("agent", 1, 1, 100, 10, 0), new("probe-nvml-0000:18:00.0", 3, 1, 100, 10, 0), new("probe-nvml", 2, 2, 100, 10, 0),
        ];
        Assert.Equal(3, _node.Samples("forewarn_process_cpu").Length);
        _node.View.Processes = [new("agent", 1, 5, 100, 10, 0), new("probe-nvml", 9, 0.5, 0, 10, 0)];

        Assert.Equal(
            ["forewarn_process_cpu_seconds_total{process=\"agent\"} 5", "forewarn_process_cpu_seconds_total{process=\"probe-nvml\"} 0.5"],
            _node.Samples("forewarn_process_cpu"));
        Assert.Single(_node.Samples("forewarn_process_pss_bytes"));
    }
}
