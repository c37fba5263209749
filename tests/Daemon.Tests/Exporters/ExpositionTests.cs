using System.Buffers;
using System.Globalization;
using System.Text;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Exporters;

public class ExpositionTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\"b", """a\"b""")]
    [InlineData("""C:\x""", """C:\\x""")]
    [InlineData("two\nlines", """two\nlines""")]
    [InlineData("\\\"\n", """\\\"\n""")]
    [InlineData("北京 ☃", "北京 ☃")]
    [InlineData("{a=\"b\"} 1,\t#", """{a=\"b\"} 1,	#""")]
    public void A_label_value_is_escaped(string value, string written)
        => Assert.Equal($"m{{k=\"{written}\",l=\"x\"}} ", Encoding.UTF8.GetString(SeriesName.Encode("m", new("k", value), new("l", "x"))));

    [Fact]
    public void A_series_without_labels_has_no_braces() => Assert.Equal("m ", Encoding.UTF8.GetString(SeriesName.Encode("m")));

    [Fact]
    public void Help_is_escaped_as_each_format_wants_it()
    {
        var header = new FamilyHeader("m", FamilyType.Gauge, SignalUnit.None, "a \\ \"b\"\nc");
        Assert.Equal("# HELP m a \\\\ \"b\"\\nc\n# TYPE m gauge\n", Text(header.In(ExpositionFormat.PrometheusText)));
        Assert.Equal("# TYPE m gauge\n# HELP m a \\\\ \\\"b\\\"\\nc\n", Text(header.In(ExpositionFormat.OpenMetrics)));
    }

    [Theory]
    [InlineData("m_joules_total", FamilyType.Counter, SignalUnit.Joules,
        "# TYPE m_joules counter\n# UNIT m_joules joules\n# HELP m_joules h\n")]
    [InlineData("m_seconds", FamilyType.Histogram, SignalUnit.Seconds,
        "# TYPE m_seconds histogram\n# UNIT m_seconds seconds\n# HELP m_seconds h\n")]
    [InlineData("m_total", FamilyType.Counter, SignalUnit.None, "# TYPE m counter\n# HELP m h\n")]
    [InlineData("m_info", FamilyType.Info, SignalUnit.None, "# TYPE m info\n# HELP m h\n")]
    [InlineData("m_limit", FamilyType.Gauge, SignalUnit.Watts, "# TYPE m_limit gauge\n# HELP m_limit h\n")]
    internal void OpenMetrics_names_the_family_and_its_unit_where_the_name_ends_so(
        string name, FamilyType type, SignalUnit unit, string lines)
        => Assert.Equal(lines, Text(new FamilyHeader(name, type, unit, "h").In(ExpositionFormat.OpenMetrics)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(1, "1")]
    [InlineData(-3, "-3")]
    [InlineData(85520809984, "85520809984")]
    [InlineData(9007199254740992, "9007199254740992")]
    [InlineData(0.1, "0.1")]
    [InlineData(503.125, "503.125")]
    [InlineData(1e-7, "1E-07")]
    [InlineData(1.8446744073709552E+19, "1.8446744073709552E+19")]
    [InlineData(double.MaxValue, "1.7976931348623157E+308")]
    [InlineData(-2.2250738585072014E-308, "-2.2250738585072014E-308")]
    public void A_number_is_written_so_that_it_reads_back_the_same(double value, string written)
    {
        Assert.Equal(written, Line(value));
        Assert.Equal(value, double.Parse(written, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_family_without_samples_leaves_no_trace_and_a_scrape_may_be_longer_than_a_chunk()
    {
        var output = new ArrayBufferWriter<byte>(1);
        var writer = new ExpositionWriter(output, ExpositionFormat.OpenMetrics);
        writer.Begin(SelfCatalog.DeviceUp.Header);
        writer.Begin(SelfCatalog.QueueDepth.Header);
        var series = SeriesName.Encode("m", new SignalLabel("k", new string('x', 40_000)));
        for (var i = 0; i < 3; i++) writer.Sample(series, (long)i);
        writer.End();

        var lines = Text(output.WrittenSpan).Split('\n');
        Assert.Equal("# TYPE forewarn_queue_depth gauge", lines[0]);
        Assert.Equal([" 0", " 1", " 2"], lines[2..5].Select(line => line[^2..]));
        Assert.Equal(["# EOF", ""], lines[5..]);
    }

    [Fact]
    public void A_histogram_is_cumulative_and_ends_with_sum_and_count()
    {
        var node = new ScrapedNode();
        node.Source.FastSweep.Add(900_000);
        node.Source.FastSweep.Add(1_000_000);
        node.Source.FastSweep.Add(1_000_001);
        node.Source.FastSweep.Add(60_000_000_000);

        var lines = node.Samples("forewarn_source_sweep_duration_seconds")
            .Where(line => line.Contains("fast", StringComparison.Ordinal)).ToList();
        Assert.Equal(DurationHistogram.Bounds.Length + 3, lines.Count);
        Assert.EndsWith("{source=\"nvml\",group=\"fast\",le=\"0.001\"} 2", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("le=\"0.0025\"} 3", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("le=\"1.0\"} 3", lines[9], StringComparison.Ordinal);
        Assert.EndsWith("le=\"+Inf\"} 4", lines[^3], StringComparison.Ordinal);
        Assert.Equal("forewarn_source_sweep_duration_seconds_sum{source=\"nvml\",group=\"fast\"} 60.002900001", lines[^2]);
        Assert.Equal("forewarn_source_sweep_duration_seconds_count{source=\"nvml\",group=\"fast\"} 4", lines[^1]);
    }

    [Fact]
    public void No_two_families_share_a_name_that_either_could_write()
    {
        // OpenMetrics forbids a family whose name is another's with a suffix of its type.
        var names = SelfCatalog.All.Select(row => row.Name)
            .Concat(SignalCatalog.Families.Select(family => family.Name))
            .Concat(DriverErrorCatalog.All.Select(metric => metric.Family.Name)).ToList();
        string[] suffixes = ["_total", "_created", "_info", "_bucket", "_sum", "_count"];
        var taken = names.SelectMany(name => suffixes.Select(suffix => Bare(name) + suffix).Append(Bare(name)));
        Assert.Equal(taken.Count(), taken.Distinct().Count());

        static string Bare(string name) => name.EndsWith("_total", StringComparison.Ordinal) ? name[..^6]
            : name.EndsWith("_info", StringComparison.Ordinal) ? name[..^5] : name;
    }

    private static string Line(double value)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new ExpositionWriter(output, ExpositionFormat.PrometheusText);
        writer.Sample("m "u8, value);
        writer.End();
        return Text(output.WrittenSpan)[2..^1];
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
