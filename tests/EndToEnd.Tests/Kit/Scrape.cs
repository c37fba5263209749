using System.Globalization;
using System.Text.RegularExpressions;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>One answer of /metrics, to be asked for a series by name and some of its labels.</summary>
internal sealed partial class Scrape
{
    private readonly List<(string Name, Dictionary<string, string> Labels, double Value)> _series = [];

    private Scrape(string text) => Text = text;

    public string Text { get; }

    public static Scrape Parse(string text)
    {
        var scrape = new Scrape(text);
        foreach (var line in text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var match = SeriesLine().Match(line);
            if (!match.Success) throw new FormatException($"no sample: {line}");
            var labels = Label().Matches(match.Groups["labels"].Value)
                .ToDictionary(label => label.Groups["name"].Value, label => label.Groups["value"].Value);
            var value = double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture);
            scrape._series.Add((match.Groups["name"].Value, labels, value));
        }

        return scrape;
    }

    /// <summary>Values of every series with this name and these labels, among others.</summary>
    public IReadOnlyList<double> All(string name, params (string Name, string Value)[] labels) =>
        [.. _series.Where(series => series.Name == name
            && labels.All(label => series.Labels.GetValueOrDefault(label.Name) == label.Value))
            .Select(series => series.Value)];

    /// <summary>The one value; a test that asks for what is not there has failed.</summary>
    public double One(string name, params (string Name, string Value)[] labels) => All(name, labels) is [var only]
        ? only
        : throw new InvalidOperationException($"{All(name, labels).Count} series {name} {string.Join(',', labels)}");

    /// <summary>The names of the families that have values of this device, presence and bookkeeping aside.</summary>
    public IReadOnlyList<string> ReadingsOf(int index) =>
        [.. _series.Where(series => series.Labels.GetValueOrDefault("index") == index.ToString(CultureInfo.InvariantCulture)
            && !IsBookkeeping(series.Name))
            .Select(series => series.Name).Distinct()];

    public string? LabelOf(string name, string label) =>
        _series.Where(series => series.Name == name).Select(series => series.Labels.GetValueOrDefault(label)).FirstOrDefault();

    private static bool IsBookkeeping(string name) => name is "forewarn_device_info" or "forewarn_device_health_state" or "forewarn_device_work_action" or "forewarn_device_repair_action"
        or "forewarn_device_failure_probability" or "forewarn_finding_active" or "forewarn_device_up" or "forewarn_device_presence"
        or "forewarn_device_last_sample_timestamp_seconds" or "forewarn_device_counters_generation" or "forewarn_device_readings_absent"
        or "forewarn_xid_errors_total" or "forewarn_device_traits_info" or "forewarn_device_processes"
        or "forewarn_device_workload_info" or "forewarn_device_workload_memory_bytes" or "forewarn_device_measured_seconds_total"
        or "forewarn_device_busy_seconds_total" or "forewarn_device_idle_seconds_total" or "forewarn_device_idle_held_seconds_total";

    [GeneratedRegex("^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?<labels>.*)\\})? (?<value>[^ ]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SeriesLine();

    [GeneratedRegex("(?<name>[a-z_]+)=\"(?<value>([^\"\\\\]|\\\\.)*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();
}
