using System.Globalization;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary>
/// What goes with a card to its maker. Whose work ran on it, and where points are sent, is the site's own and left out.
/// </summary>
internal sealed class CardDossier(SingleDevice device, NodeReport node, EventList events, string? rack)
{
    public SingleDevice Device { get; } = device with { Device = device.Device with { Workloads = [] } };

    public NodeReport Node { get; } = node with { Exporters = [], Queues = [], Processes = [] };

    public EventList Events => events;

    public string? Rack => rack;

    /// <summary>Of the archive and of the folder in it: node, serial and the agent's time at the answer.</summary>
    public string Name => string.Create(
        CultureInfo.InvariantCulture,
        $"forewarn-report-{Safe(Node.Name)}-{Safe(Device.Device.Serial ?? Device.Device.Id)}-{Device.Time.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}");

    /// <summary>In the order in which they are read.</summary>
    public IEnumerable<(string Name, string Text)> Files()
    {
        yield return ("summary.txt", string.Join('\n', new ReportSummary(this).Render()) + "\n");
        yield return ("kernel.log", string.Concat(RawLines().Select(line => line + "\n")));
        yield return ("explain.json", JsonText.Of(Explanation.Of(Device, rack), CliJson.Plain.ExplainReport));
        yield return ("device.json", JsonText.Of(Device, ApiJson.Plain.SingleDevice));
        yield return ("node.json", JsonText.Of(Node, ApiJson.Plain.NodeReport));
        yield return ("events.json", JsonText.Of(events, ApiJson.Plain.EventList));
    }

    /// <summary>As the kernel or the driver logged them, the oldest first, each once.</summary>
    public IReadOnlyList<string> RawLines()
    {
        var logged = events.Events.OrderBy(one => one.FirstSeen).Select(one => one.Raw).OfType<string>();
        var shown = (Device.Device.Assessment?.Findings ?? []).SelectMany(finding => finding.Evidence).Select(one => one.Line).OfType<string>();
        return [.. logged.Concat(shown).Distinct()];
    }

    private static string Safe(string name) => new([.. name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '_')]);
}
