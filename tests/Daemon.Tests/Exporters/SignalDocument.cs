using System.Text;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Exporters;

/// <summary>Writes docs/signals.md from the catalogues.</summary>
internal static class SignalDocument
{
    private const string Opening = """
        # Signals

        Every metric that `/metrics` can show, in the order of a scrape. This page is written from the catalogues in the code by
        `make docs`; a test fails when the two differ.

        - The metrics of a device carry the labels `uuid`, `index` and `vendor` before those listed here. `index` moves when a card is
          lost; join on `uuid`.
        - What could not be read has no series; `forewarn_device_readings_absent` counts such readings by their reason. A missing series is
          neither zero nor healthy.
        - When a device is lost, stalled or excluded its readings go; `forewarn_device_info`, `_traits_info`, `_up`, `_presence`,
          `_last_sample_timestamp_seconds`, `_counters_generation`, the account of its time, its driver errors and who held it last
          (`_workload_info`, `_workload_memory_bytes`, `_processes`) stay.
        - *Fast* readings are taken every second, *slow* ones every minute, unless configured otherwise.
        - Counters are those of driver or card, raw; they start again when the driver is loaded, unless their text says otherwise.
        - A state is 0 or 1, or one of a few codes; both formats call it a gauge. An info metric is a gauge in the text format 0.0.4.


        """;

    public static string Write()
    {
        var text = new StringBuilder(Opening.ReplaceLineEndings("\n"));
        WriteSelf(text, "The node", SelfCatalog.Node);
        WriteSelf(text, "What is judged of the node, and what happened on it", SelfCatalog.NodeHealth);
        WriteSelf(text, "A device, its presence and its health", SelfCatalog.Devices);
        WriteReadings(text);
        WriteDriverErrors(text);
        WriteSelf(text, "Sources", SelfCatalog.Sources);
        WriteSelf(text, "The kernel log", SelfCatalog.KernelLog);
        WriteSelf(text, "Exporters that send", SelfCatalog.Deliveries);
        WriteSelf(text, "Events", SelfCatalog.EventStore);
        WriteSelf(text, "Reports to the controller", SelfCatalog.Reports);
        WriteSelf(text, "Forewarn itself", SelfCatalog.Daemon);
        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void WriteSelf(StringBuilder text, string title, IEnumerable<SelfFamily> rows)
    {
        Table(text, title, "metric", "type", "unit", "labels", "what");
        foreach (var row in rows)
        {
            var labels = row.Labels.Select(label => $"`{label.Key}`: {label.Values}");
            Row(text, $"`{row.Name}`", Word(row.Type), Unit(row.Unit), string.Join("; ", labels), row.Help);
        }

        text.Append('\n');
    }

    private static void WriteReadings(StringBuilder text)
    {
        Table(text, "Readings of a device", "metric", "type", "unit", "labels", "read", "what");
        foreach (var family in SignalCatalog.Families)
        {
            var rows = SignalCatalog.All.Where(row => row.Family == family).ToList();
            var groups = rows.Select(row => Word(row.Group)).Distinct();
            Row(text, $"`{family.Name}`", Word(family.Kind), Unit(family.Unit), LabelsOf(rows), string.Join(", ", groups), family.Help);
        }

        text.Append('\n');
    }

    private static void WriteDriverErrors(StringBuilder text)
    {
        Table(text, "Driver errors of a device", "metric", "type", "unit", "labels", "what");
        foreach (var (family, label) in DriverErrorCatalog.All)
            Row(text, $"`{family.Name}`", Word(family.Kind), Unit(family.Unit), $"`{label}`: the maker's code", family.Help);
        text.Append('\n');
    }

    private static string LabelsOf(List<Signal> rows)
    {
        var instances = rows.Select(row => row.InstanceLabel).OfType<string>().Distinct().Select(key => $"`{key}`: its number");
        var values = rows.SelectMany(row => row.Labels).GroupBy(label => label.Key)
            .Select(labels => $"`{labels.Key}`: {string.Join(", ", labels.Select(label => $"`{label.Value}`").Distinct())}");
        return string.Join("; ", instances.Concat(values));
    }

    private static string Word<T>(T member) where T : struct, Enum => member.ToString().ToLowerInvariant();

    private static string Unit(SignalUnit unit) => unit == SignalUnit.None ? "" : Word(unit);

    private static void Table(StringBuilder text, string title, params string[] columns)
    {
        text.Append($"## {title}\n\n");
        Row(text, columns);
        Row(text, Array.ConvertAll(columns, _ => "---"));
    }

    private static void Row(StringBuilder text, params string[] cells)
        => text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|"))).Append(" |\n");
}
