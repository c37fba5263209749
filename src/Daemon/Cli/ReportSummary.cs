using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Daemon.Cli;

/// <summary>The first page of the papers that go with a card: for whoever takes it back. Times are UTC.</summary>
internal sealed class ReportSummary(CardDossier dossier)
{
    // What a mail client still shows without breaking it.
    private const int Width = 80;
    private const string RemapFamily = "forewarn_device_row_remap_banks";

    private readonly DeviceReport _device = dossier.Device.Device;

    public IEnumerable<string> Render()
    {
        IEnumerable<IEnumerable<string>> parts = [Head(), Verdict(), Histogram(), Counters(), Raw(), Timeline(), Next()];
        return parts.SelectMany(part => part);
    }

    private IEnumerable<string> Head()
    {
        if (dossier.Device.Simulated) yield return "SIMULATED NODE: nothing below comes from real hardware";
        yield return "Report on a device, written by forewarn " + dossier.Node.Version;
        yield return "";
        var source = dossier.Node.Sources.FirstOrDefault(one => one.Name == _device.Source);
        (string Name, string? Value)[] rows =
        [
            ("taken", Time(dossier.Device.Time)), ("name", _device.Name), ("serial", _device.Serial), ("part number", _device.PartNumber),
            ("id", _device.Id), ("slot", _device.Slot?.ToString(CultureInfo.InvariantCulture)), ("pci address", _device.PciAddress),
            ("firmware", _device.Firmware), ("configuration image", _device.ConfigurationImage), ("driver", source?.DriverVersion),
            ("library", source?.LibraryVersion), ("node", dossier.Node.Name), ("rack", dossier.Rack), ("boot id", dossier.Node.BootId),
            ("presence", _device.Presence + (_device.Detail is { } detail ? $": {detail}" : "")),
        ];
        foreach (var line in rows.Concat((_device.Traits ?? new Dictionary<string, string>()).Select(trait => (trait.Key.Replace('_', ' '), (string?)trait.Value)))
            .SelectMany(row => LabelledText.Lines(row.Item1.PadRight(22), row.Item2 ?? Quantity.Unknown, Width))) yield return line;
    }

    private IEnumerable<string> Verdict() => Section("Verdict", new ExplainScreen(
        Explanation.Of(dossier.Device, dossier.Rack), Width, TimeZoneInfo.Utc).Render().Select(line => line.Text));

    private IEnumerable<string> Histogram() => Section("Memory banks by spare rows left (row remapping)", _device.Signals
        .Where(signal => signal.Signal == RemapFamily)
        .Select(signal => $"{Labels(signal),-22} {Value(signal)}"));

    private IEnumerable<string> Counters() => Section("Counters", _device.Signals
        .Where(signal => signal.Kind == SignalKind.Counter && signal.Value is not null)
        .Select(signal => $"{signal.Signal}{Labels(signal)} {Value(signal)}")
        .Concat(_device.DriverErrors.Select(error => string.Create(CultureInfo.InvariantCulture, $"{error.Name} {error.Code}: {error.Count} since the agent's start"))));

    private IEnumerable<string> Raw() => Section("Lines of the kernel log", dossier.RawLines());

    private IEnumerable<string> Timeline() => Section("Timeline", dossier.Events.Events.OrderBy(one => one.FirstSeen).SelectMany(one =>
    {
        var times = one.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" ×{one.Count} until {Time(one.LastSeen)}");
        return LabelledText.Lines($"{Time(one.FirstSeen)}  ", $"{one.Kind}{times}: {one.Text}", Width);
    }));

    // Whatever the verdict: the maker asks for these before it takes a card back.
    private IEnumerable<string> Next() => Section("What the maker asks for besides", Advice
        .For(Explanation.Device(_device), dossier.Node.Name, new(WorkAction.None, RepairAction.ReplaceHardware))
        .Where(advice => !advice.Command.StartsWith("forewarn ", StringComparison.Ordinal))
        .SelectMany(advice => LabelledText.Lines("", advice.Sentence, Width).Concat(advice.Command.Length == 0 ? [] : ShellLines.Of(advice.Command, "  ", Width))));

    private static IEnumerable<string> Section(string title, IEnumerable<string> lines)
    {
        yield return "";
        yield return title;
        yield return new('-', title.Length);
        var any = false;
        foreach (var line in lines)
        {
            any = true;
            yield return line;
        }

        if (!any) yield return "none";
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Value(SignalReport signal) => signal.Value is { } value ? Quantity.Exact(value) : $"{Quantity.Unknown} ({signal.Absent})";

    private static string Labels(SignalReport signal) => signal.Labels is null
        ? ""
        : "{" + string.Join(',', signal.Labels.Select(label => $"{label.Key}=\"{label.Value}\"")) + "}";
}
