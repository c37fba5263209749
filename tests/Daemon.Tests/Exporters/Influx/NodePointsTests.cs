using System.Text;
using Forewarn.Daemon.Exporters.Influx;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

/// <summary>What of the node becomes points.</summary>
public class NodePointsTests
{
    private static readonly DateTimeOffset Now = ScrapedNode.Noon.AddSeconds(7);

    private readonly ScrapedNode _node = new();
    private readonly List<Batch> _batches = [];

    [Fact]
    public void A_reading_is_a_point_with_the_labels_of_a_scrape_and_the_time_of_its_sample()
    {
        _node.AddMeasured(ScrapedNode.Card(0), Reading.Of(SignalId.Power, 503.125), Reading.Of(SignalId.LinkUp, 1, 17));
        var points = Taken();

        var power = Assert.Single(points, point => point.Measurement == "forewarn_device_power_watts");
        Assert.Equal((503.125, ScrapedNode.Noon.ToUnixTimeMilliseconds()), (power.Value, power.Time));
        Assert.Equal(("GPU-00000000-1111-2222-3333-444444444444", "0", "nvidia", "gpu-017"),
            (power.Tags["uuid"], power.Tags["index"], power.Tags["vendor"], power.Tags["node"]));
        Assert.Equal("17", Assert.Single(points, point => point.Measurement == "forewarn_link_up").Tags["link"]);
    }

    [Fact]
    public void Every_value_of_a_scrape_is_a_point_of_the_same_name_with_the_same_labels()
    {
        var node = TwoCards.Build();
        var points = Taken(node).Select(point => Key(point.Measurement, point.Tags.Where(tag => tag.Key != "node"), point.Fields.GetValueOrDefault("value"))).ToHashSet();
        var readings = SignalCatalog.Families.Select(family => family.Name).Append("forewarn_xid_errors_total").Append(Measurements.DeviceUp)
            .Append(Measurements.DevicePresence).Append(Measurements.DeviceCountersGeneration).Append(Measurements.DevicesFound)
            .Concat([Measurements.DeviceMeasured, Measurements.DeviceBusy, Measurements.DeviceIdle, Measurements.DeviceIdleHeld, Measurements.DeviceProcesses])
            .Concat([
                Measurements.DeviceHealthState, Measurements.DeviceWorkAction, Measurements.DeviceRepairAction, Measurements.DeviceFailureProbability,
                Measurements.FindingActive, Measurements.NodeHealthState, Measurements.NodeFindingActive, Measurements.NodeMaintenance, Measurements.Events,
                Measurements.NodeBlocked, Measurements.NodeStuck, Measurements.NodePartNeeded, Measurements.NodePartUp,
            ]).ToHashSet();
        var scraped = node.Scrape().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').Select(Exposed)
            .Where(series => readings.Contains(series.Name)).Select(series => Key(series.Name, series.Labels, series.Value)).ToHashSet();

        Assert.True(scraped.Count > 100);
        Assert.Empty(scraped.Except(points));
    }

    [Fact]
    public void Names_that_stand_in_a_scrape_too_are_spelt_as_there() => Assert.All(
        [
            Measurements.NodeInfo, Measurements.DevicesExpected, Measurements.DevicesFound, Measurements.SourceUp, Measurements.DeviceInfo,
            Measurements.DeviceUp, Measurements.DevicePresence, Measurements.DeviceCountersGeneration,
            Measurements.DeviceMeasured, Measurements.DeviceBusy, Measurements.DeviceIdle, Measurements.DeviceIdleHeld, Measurements.DeviceProcesses,
            Measurements.DeviceHealthState, Measurements.DeviceWorkAction, Measurements.DeviceRepairAction, Measurements.DeviceFailureProbability,
            Measurements.FindingActive, Measurements.NodeHealthState, Measurements.NodeFindingActive, Measurements.NodeMaintenance, Measurements.Events,
            Measurements.NodeBlocked, Measurements.NodeStuck, Measurements.NodePartNeeded, Measurements.NodePartUp,
        ],
        name => Assert.Contains(SelfCatalog.All, family => family.Name == name));

    [Fact]
    public void A_finding_that_is_gone_is_zero_and_not_merely_silent()
    {
        var node = TwoCards.Build();
        var points = new NodePoints(node.View, withLinks: true);
        Assert.Equal(1, Lost(points));
        var lost = node.View.Devices[1];
        lost.Assessment = lost.Assessment! with { State = HealthState.Healthy, Findings = [] };
        Assert.Equal(0, Lost(points));

        static double Lost(NodePoints points) => Assert.Single(
            Taken(points), point => point.Measurement == Measurements.FindingActive && point.Tags["rule"] == "device-lost").Value;
    }

    [Fact]
    public void A_look_at_the_host_becomes_points_once_with_its_own_time()
    {
        var node = TwoCards.Build();
        var points = new NodePoints(node.View, withLinks: true);
        var stuck = Taken(points).Where(point => point.Measurement == Measurements.NodeStuck).ToDictionary(point => point.Tags["owner"]);
        Assert.Equal((3, 1, ScrapedNode.Noon.ToUnixTimeMilliseconds()), (stuck["any"].Value, stuck["driver"].Value, stuck["any"].Time));
        Assert.DoesNotContain(Taken(points), point => point.Measurement == Measurements.NodeStuck);
    }

    [Fact]
    public void An_absence_is_no_point()
    {
        _node.AddMeasured(ScrapedNode.Card(0), Reading.None(SignalId.Power, NoDataReason.NotSupported), Reading.Of(SignalId.TemperatureGpu, double.NaN));
        Assert.DoesNotContain(Taken(), point => point.Measurement is "forewarn_device_power_watts" or "forewarn_device_temperature_celsius");
    }

    [Fact]
    public void A_lost_card_keeps_its_presence_and_loses_its_values()
    {
        var card = _node.AddMeasured(ScrapedNode.Card(0), Reading.Of(SignalId.Power, 1));
        card.Become(new(DevicePresence.Lost, NoDataReason.DeviceLost, "fell off the bus", Now));
        var points = Taken();
        Assert.Equal(0, Assert.Single(points, point => point.Measurement == Measurements.DeviceUp).Value);
        Assert.Equal(["lost"], points.Where(point => point is { Measurement: Measurements.DevicePresence, Value: 1 }).Select(point => point.Tags["state"]));
        Assert.DoesNotContain(points, point => point.Measurement == "forewarn_device_power_watts");
    }

    [Fact]
    public void Each_sample_becomes_points_once()
    {
        var card = _node.AddMeasured(ScrapedNode.Card(0), Reading.Of(SignalId.Power, 1));
        var slow = ScrapedNode.SampleOf(Reading.Of(SignalId.LinkUp, 1, 0));
        (slow.Group, slow.Time) = (SampleGroup.Slow, ScrapedNode.Noon.AddSeconds(-20));
        card.Apply(slow);
        var points = new NodePoints(_node.View, withLinks: true);
        Assert.Equal(["forewarn_device_power_watts", "forewarn_link_up"], Readings(points));
        Assert.Empty(Readings(points));

        var fast = ScrapedNode.SampleOf(Reading.Of(SignalId.Power, 2));
        fast.Time = ScrapedNode.Noon.AddSeconds(1);
        card.Apply(fast);
        Assert.Equal(["forewarn_device_power_watts"], Readings(points));
    }

    [Fact]
    public void Links_can_be_left_out()
    {
        _node.AddMeasured(ScrapedNode.Card(0), Reading.Of(SignalId.Power, 1), Reading.Of(SignalId.LinkUp, 1, 0));
        Assert.Equal(["forewarn_device_power_watts"], Readings(new NodePoints(_node.View, withLinks: false)));
    }

    [Fact]
    public void Whose_processes_hold_a_card_is_a_measurement_of_its_own()
    {
        var card = _node.AddMeasured(ScrapedNode.Card(0));
        card.Workloads =
        [
            new(new Workload { Manager = WorkloadOrigin.Slurm, Id = "4711", Step = "0", User = 1000 }, 2, 1 << 30),
            new(new Workload { Manager = WorkloadOrigin.Kubernetes, Id = "5c1f", Namespace = "ml", Pod = "train-0" }, 1, -1),
        ];
        var work = Taken().Where(point => point.Measurement == Measurements.DeviceWorkload).ToList();
        Assert.Equal(("slurm", "4711", "0", "1000", "2", "1073741824"), (
            work[0].Tags["manager"], work[0].Tags["id"], work[0].Tags["step"], work[0].Tags["user"], work[0].Fields["processes"], work[0].Fields["memory_bytes"]));
        Assert.Equal(("5c1f", "ml", "train-0", false, false), (
            work[1].Tags["id"], work[1].Fields["namespace"], work[1].Fields["pod"], work[1].Tags.ContainsKey("user"), work[1].Fields.ContainsKey("memory_bytes")));

        card.Workloads = [];
        Assert.DoesNotContain(Taken(), point => point.Measurement == Measurements.DeviceWorkload);
    }

    [Theory]
    [InlineData("h100-8", "true")]
    [InlineData(null, "false")]
    public void Simulated_data_says_so(string? simulation, string simulated)
    {
        var node = new ScrapedNode(simulation);
        node.AddMeasured(ScrapedNode.Card(0));
        var points = Taken(node);
        Assert.All([Measurements.NodeInfo, Measurements.DeviceInfo],
            name => Assert.Equal(simulated, Assert.Single(points, point => point.Measurement == name).Fields["simulated"]));
    }

    [Fact]
    public void A_snapshot_is_cut_into_batches()
    {
        _node.AddMeasured(ScrapedNode.Card(0), TwoCards.EveryReading());
        var writer = new PointWriter(mostPoints: 50, _batches.Add);
        new NodePoints(_node.View, withLinks: true).Write(writer, Now);
        Assert.True(_batches.Count > 2);
        Assert.All(_batches.SkipLast(1), batch => Assert.Equal(50, batch.Points));
        Assert.All(_batches, batch => Assert.Equal((batch.Points, Now), (batch.Lines()!.Count, batch.Taken)));
        Assert.Equal(_batches.Sum(batch => batch.Points), Points(_batches).Select(point => Key(point.Measurement, point.Tags, "")).Distinct().Count());
    }

    private static string Key(string name, IEnumerable<KeyValuePair<string, string>> labels, string? value) =>
        $"{name}{{{string.Join(',', labels.Where(label => label.Value.Length > 0).OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"))}}} {value}";

    private static (string Name, IEnumerable<KeyValuePair<string, string>> Labels, string Value) Exposed(string line)
    {
        var (brace, blank) = (line.IndexOf('{'), line.LastIndexOf(' '));
        var labels = brace < 0 ? [] : line[(brace + 1)..(blank - 2)].Split("\",").Select(label => label.Split("=\""))
            .Select(pair => KeyValuePair.Create(pair[0], pair[1]));
        return (line[..(brace < 0 ? blank : brace)], labels, line[(blank + 1)..]);
    }

    private static IEnumerable<LinePoint> Points(IEnumerable<Batch> batches) =>
        batches.SelectMany(batch => batch.Lines()!).Select(line => LinePoint.Parse(Encoding.UTF8.GetString(line.Span[..^1])));

    private List<LinePoint> Taken() => Taken(_node);

    private static List<LinePoint> Taken(ScrapedNode node) => Taken(new NodePoints(node.View, withLinks: true));

    private static List<LinePoint> Taken(NodePoints points)
    {
        var batches = new List<Batch>();
        points.Write(new PointWriter(5000, batches.Add), Now);
        return [.. Points(batches)];
    }

    private static IEnumerable<string> Readings(NodePoints points) => Taken(points).Select(point => point.Measurement)
        .Where(name => SignalCatalog.Families.Any(family => family.Name == name)).Order();
}
