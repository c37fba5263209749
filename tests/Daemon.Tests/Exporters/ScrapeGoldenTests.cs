using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Exporters;

public class ScrapeGoldenTests
{
    private const string Folder = "tests/Daemon.Tests/Exporters/golden/";

    [Fact]
    public void The_whole_scrape_in_text_0_0_4() => Golden.Matches(Folder + "scrape.txt", TwoCards.Build().Scrape());

    [Fact]
    public void The_whole_scrape_in_OpenMetrics()
        => Golden.Matches(Folder + "scrape.openmetrics.txt", TwoCards.Build().Scrape(ExpositionFormat.OpenMetrics));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_family_stands_in_one_piece_and_no_series_twice(bool openMetrics)
    {
        var node = TwoCards.Build();
        node.AddMeasured(ScrapedNode.Card(2), TwoCards.EveryReading());
        var scrape = Exposition.Parse(node.Scrape(openMetrics ? ExpositionFormat.OpenMetrics : ExpositionFormat.PrometheusText));

        Assert.Equal(scrape.Families.Count, scrape.Families.Select(family => family.Name).Distinct().Count());
        Assert.All(scrape.Families, family => Assert.NotEmpty(family.Samples));
        Assert.All(scrape.Families, family =>
            Assert.All(family.Samples, sample => Assert.StartsWith(family.Name, sample.Name, StringComparison.Ordinal)));
        var series = scrape.Families.SelectMany(family => family.Samples).Select(sample => sample.Series).ToList();
        Assert.Equal(series.Count, series.Distinct().Count());
    }

    [Fact]
    public void A_node_that_has_everything_shows_every_family_of_the_catalogues_in_their_order()
    {
        IEnumerable<string> expected =
        [
            .. SelfCatalog.Node.Concat(SelfCatalog.NodeHealth).Concat(SelfCatalog.Devices).Select(family => family.Name),
            .. SignalCatalog.Families.Select(family => family.Name).Except(["forewarn_device_ecc_sram_threshold_exceeded"]),
            .. DriverErrorCatalog.All.Select(metric => metric.Family.Name),
            .. SelfCatalog.Sources.Concat(SelfCatalog.KernelLog).Concat(SelfCatalog.Deliveries).Concat(SelfCatalog.EventStore).Concat(SelfCatalog.Reports).Concat(SelfCatalog.Daemon).Select(family => family.Name),
        ];
        Assert.Equal(expected, Exposition.Parse(TwoCards.Build().Scrape()).Families.Select(family => family.Name));
    }

    [Fact]
    public void The_series_of_a_family_carry_the_labels_that_its_row_names()
    {
        var scrape = Exposition.Parse(TwoCards.Build().Scrape());
        foreach (var row in SelfCatalog.All)
        {
            IEnumerable<string> device = SelfCatalog.Devices.Contains(row) ? ["uuid", "index", "vendor"] : [];
            var expected = device.Concat(row.Labels.Select(label => label.Key)).ToList();
            var family = scrape.Families.Single(family => family.Name == row.Name);
            Assert.All(family.Samples, sample => Assert.Equal(Told(row, expected, sample.Keys), sample.Keys.Where(key => key != "le")));
        }
    }

    /// <summary>A workload has only the labels that its manager knows.</summary>
    private static IEnumerable<string> Told(SelfFamily row, List<string> all, IEnumerable<string> there)
        => row == SelfCatalog.DeviceWorkloadInfo ? all.Where(there.Contains)
            : row == SelfCatalog.DeviceTraits ? [.. all, "architecture", "cpus"]
            : all;

    [Fact]
    public void OpenMetrics_and_text_name_the_same_series_with_the_same_values()
    {
        var node = TwoCards.Build();
        static IEnumerable<string> SamplesOf(string scrape) => scrape.Split('\n').Where(line => !line.StartsWith('#'));
        Assert.Equal(SamplesOf(node.Scrape()), SamplesOf(node.Scrape(ExpositionFormat.OpenMetrics)));
    }
}
