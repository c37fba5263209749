using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Exporters;

public class DeviceSeriesTests
{
    private const string Labels = "{uuid=\"GPU-00000000-1111-2222-3333-444444444444\",index=\"0\",vendor=\"nvidia\"";

    private readonly ScrapedNode _node = new();

    [Fact]
    public void A_reading_becomes_a_series_with_the_device_s_three_labels_and_its_own()
    {
        _node.AddMeasured(ScrapedNode.Card(0),
            Reading.Of(SignalId.TemperatureMemory, 61), Reading.Of(SignalId.LinkErrorsCrcFlit, 5, 17));

        Assert.Equal(
            [$$"""forewarn_device_temperature_celsius{{Labels}},sensor="memory"} 61"""],
            _node.Samples("forewarn_device_temperature_celsius"));
        Assert.Contains($$"""forewarn_link_errors_total{{Labels}},link="17",kind="crc_flit"} 5""", _node.Samples("forewarn_link_errors"));
    }

    [Fact]
    public void An_absence_writes_no_value_and_is_counted_by_its_reason()
    {
        _node.AddMeasured(ScrapedNode.Card(0),
            Reading.None(SignalId.Power, NoDataReason.NotSupported),
            Reading.None(SignalId.Energy, NoDataReason.NotSupported),
            Reading.None(SignalId.EccSramParity, NoDataReason.NoPermission),
            Reading.Of(SignalId.TemperatureGpu, 0));

        Assert.Empty(_node.Samples("forewarn_device_power"));
        Assert.Empty(_node.Samples("forewarn_device_energy"));
        Assert.DoesNotContain("forewarn_device_power_watts", _node.Scrape(), StringComparison.Ordinal);
        Assert.EndsWith(" 0", Assert.Single(_node.Samples("forewarn_device_temperature_celsius")), StringComparison.Ordinal);
        Assert.Equal(
            [
                $$"""forewarn_device_readings_absent{{Labels}},reason="not_supported"} 2""",
                $$"""forewarn_device_readings_absent{{Labels}},reason="no_permission"} 1""",
            ],
            _node.Samples("forewarn_device_readings_absent"));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_value_that_is_no_number_is_an_invalid_reading(double value)
    {
        _node.AddMeasured(ScrapedNode.Card(0), Reading.Of(SignalId.Power, value), Reading.Of(SignalId.PowerLimit, 700));

        Assert.Empty(_node.Samples("forewarn_device_power_watts"));
        Assert.Single(_node.Samples("forewarn_device_power_limit_watts"));
        Assert.Contains("reason=\"invalid\"} 1", Assert.Single(_node.Samples("forewarn_device_readings_absent")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DevicePresence.Lost, "lost")]
    [InlineData(DevicePresence.Stalled, "stalled")]
    [InlineData(DevicePresence.Excluded, "excluded")]
    [InlineData(DevicePresence.Unknown, "unknown")]
    public void A_dead_device_s_values_go_and_its_state_stays(DevicePresence presence, string state)
    {
        var dead = _node.AddMeasured(ScrapedNode.Card(0), TwoCards.EveryReading());
        _node.AddMeasured(ScrapedNode.Card(1), Reading.Of(SignalId.Power, 400));
        Assert.NotEmpty(_node.Samples("forewarn_link_up"));

        dead.Become(new(presence, NoDataReason.DeviceLost, "gone", ScrapedNode.Noon));

        // What a frame that was under way still brings must not bring the values back.
        dead.Apply(ScrapedNode.SampleOf(Reading.Of(SignalId.Power, 300)));
        var uuid = dead.Device.Id.Value;
        var lines = _node.Samples("forewarn_").Where(line => line.Contains(uuid, StringComparison.Ordinal)).ToList();
        Assert.Equal(
            [
                "forewarn_device_info", "forewarn_device_up", "forewarn_device_presence",
                "forewarn_device_last_sample_timestamp_seconds", "forewarn_device_counters_generation",
            ],
            lines.Select(line => line.Split('{')[0]).Distinct());
        Assert.EndsWith(" 0", _node.Samples("forewarn_device_up")[0], StringComparison.Ordinal);
        var states = lines.Where(line => line.StartsWith("forewarn_device_presence", StringComparison.Ordinal));
        var now = Assert.Single(states, line => line.EndsWith(" 1", StringComparison.Ordinal));
        Assert.Contains($"state=\"{state}\"", now, StringComparison.Ordinal);
        Assert.Contains("index=\"1\"", Assert.Single(_node.Samples("forewarn_device_power_watts")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_renamed_device_carries_its_new_labels_everywhere()
    {
        var unknown = ScrapedNode.Card(0) with { Id = DeviceId.AtPci("0000:18:00.0"), Index = -1, Name = "", Slot = -1 };
        var view = _node.AddMeasured(unknown, Reading.Of(SignalId.Power, 400));
        view.CountDriverError(79);
        var before = _node.Scrape();
        Assert.Contains("""{uuid="pci:0000:18:00.0",index="",vendor="nvidia"} 400""", before, StringComparison.Ordinal);

        Assert.Same(view, _node.View.Upsert(ScrapedNode.Card(0), _node.Source));

        var after = _node.Scrape();
        Assert.DoesNotContain("pci:", after, StringComparison.Ordinal);
        Assert.Equal(before.Split('\n').Length, after.Split('\n').Length);
        Assert.Contains($$"""forewarn_xid_errors_total{{Labels}},xid="79"} 1""", after, StringComparison.Ordinal);
        Assert.Contains("firmware=\"96.00.74.00.01\"", Assert.Single(_node.Samples("forewarn_device_info")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_driver_shows_in_the_info_metrics()
    {
        _node.Source.DriverVersion = "535.183.01";
        _node.AddMeasured(ScrapedNode.Card(0));
        _ = _node.Scrape();
        _node.Source.DriverVersion = "550.163.01";

        Assert.Contains("driver=\"550.163.01\"", Assert.Single(_node.Samples("forewarn_device_info")), StringComparison.Ordinal);
        Assert.Contains("driver=\"550.163.01\"", Assert.Single(_node.Samples("forewarn_source_info")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_comes_later_takes_its_place_by_PCI_address()
    {
        _node.AddMeasured(ScrapedNode.Card(1), Reading.Of(SignalId.Power, 101));
        _ = _node.Scrape();
        _node.AddMeasured(ScrapedNode.Card(0), Reading.Of(SignalId.Power, 100));

        Assert.Equal(["100", "101"], _node.Samples("forewarn_device_power_watts").Select(line => line.Split(' ')[^1]));
    }

    [Fact]
    public void A_series_that_comes_later_joins_its_family()
    {
        var view = _node.AddMeasured(ScrapedNode.Card(0), Reading.Of(SignalId.LinkUp, 1, 0));
        _ = _node.Scrape();
        view.Apply(ScrapedNode.SampleOf(Reading.Of(SignalId.LinkUp, 1, 2)));

        // Link 1 was never read: it is absent, not down.
        Assert.Equal(["0", "2"], _node.Samples("forewarn_link_up").Select(line => line.Split("link=\"")[1][..1]));
        var absent = Assert.Single(_node.Samples("forewarn_device_readings_absent"));
        Assert.Contains("reason=\"not_supported\"} 1", absent, StringComparison.Ordinal);
    }

    [Fact]
    public void More_readings_than_one_sample_holds_are_all_written()
    {
        var view = _node.AddMeasured(ScrapedNode.Card(0));
        var links = Sample.Capacity - 10;
        foreach (var signal in (SignalId[])[SignalId.LinkUp, SignalId.LinkErrorsReplay, SignalId.LinkErrorsRecovery])
            view.Apply(ScrapedNode.SampleOf([.. Enumerable.Range(0, links).Select(link => Reading.Of(signal, link, (ushort)link))]));

        Assert.Equal(3 * links, _node.Samples("forewarn_link_").Length);
    }

    [Fact]
    public void A_device_never_read_has_a_state_and_no_time_of_a_sample()
    {
        _node.View.Upsert(ScrapedNode.Card(0), _node.Source);

        Assert.Empty(_node.Samples("forewarn_device_last_sample"));
        Assert.EndsWith(" 0", Assert.Single(_node.Samples("forewarn_device_up")), StringComparison.Ordinal);
        Assert.Contains("state=\"unknown\"} 1", string.Concat(_node.Samples("forewarn_device_presence")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "false")]
    [InlineData("h100-8", "true")]
    public void Whether_data_is_simulated_stands_on_the_info_metrics(string? simulation, string expected)
    {
        var node = new ScrapedNode(simulation);
        node.AddMeasured(ScrapedNode.Card(0));

        Assert.Contains($"simulated=\"{expected}\"", Assert.Single(node.Samples("forewarn_build_info")), StringComparison.Ordinal);
        Assert.Contains($"simulated=\"{expected}\"", Assert.Single(node.Samples("forewarn_device_info")), StringComparison.Ordinal);
    }

    [Fact]
    public void No_series_carries_more_than_two_labels_beside_the_device_s()
    {
        _node.AddMeasured(ScrapedNode.Card(0), TwoCards.EveryReading());
        var families = Exposition.Parse(_node.Scrape()).Families
            .Where(family => !family.Name.EndsWith("_info", StringComparison.Ordinal));

        foreach (var sample in families.SelectMany(family => family.Samples))
        {
            Assert.InRange(sample.Keys.Except(["uuid", "index", "vendor", "le"]).Count(), 0, 2);
            if (sample.Keys.Contains("uuid")) Assert.Equal(["uuid", "index", "vendor"], sample.Keys.Take(3));
        }
    }
}
