using System.Globalization;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Repair;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary>The troubles of a fleet, a row each.</summary>
internal static class IncidentListScreen
{
    private static readonly TextColumn[] Columns =
    [
        new("ID", Right: true), new("NODE"), new("STATE"), new("AGE", Right: true), new("JOBS", Drop: 2), new("DECIDED"), new("RULE", Drop: 1), new("WHY", Flexible: true),
    ];

    public static IEnumerable<Line> Render(IncidentList list, int width)
    {
        if (list.Simulated) yield return new("SIMULATED NODES are among these: what is said of them comes from no real hardware", Tone.Warning);
        if (list.Trouble is { } trouble)
        {
            foreach (var text in LabelledText.Lines("NOTHING IS DONE: ", $"{list.Scheduler}: {trouble}", width)) yield return new(text, Tone.Bad);
        }

        var open = list.Incidents.Count(static incident => incident.Closed is null);
        yield return new(string.Create(CultureInfo.InvariantCulture, $"{list.Scheduler}: {open} incidents open, {list.Incidents.Count - open} closed within a week"));
        foreach (var kept in list.Kept)
        {
            foreach (var text in LabelledText.Lines("held: ", $"{kept.Node} by {kept.Who}: {kept.Why}", width)) yield return new(text);
        }

        foreach (var complaint in list.Complaints)
        {
            foreach (var text in LabelledText.Lines("not understood: ", complaint, width)) yield return new(text, Tone.Warning);
        }

        if (list.Incidents.Count == 0) yield break;
        foreach (var line in Table(list.Incidents, list.Time, width)) yield return line;
    }

    /// <summary>A row each.</summary>
    public static IEnumerable<Line> Table(IReadOnlyList<IncidentSummary> incidents, DateTimeOffset now, int width)
    {
        var table = new TextTable(Columns);
        foreach (var incident in incidents)
        {
            table.Add(
                incident.Id.ToString(CultureInfo.InvariantCulture), incident.Node, incident.Closed is null ? incident.State.ToString() : "closed",
                Quantity.Age(now - incident.Opened), incident.Jobs.Count == 0 ? Quantity.Unknown : string.Join(' ', incident.Jobs),
                Decided(incident), incident.Rule, incident is { Closed: null, Repair: { } repair } ? repair.Why : incident.Why ?? "");
        }

        var lines = table.Render(width);
        yield return new(lines[0]);
        foreach (var (text, incident) in lines.Skip(1).Zip(incidents)) yield return new(text, ToneOf(incident));
    }

    private static string Decided(IncidentSummary incident) => incident is { Closed: null, Repair: { Step: not RepairStep.Closed } repair }
        ? $"Repair: {(repair.AwaitsApproval ? nameof(Verdict.AwaitsApproval) : repair.Step)}" : incident.Verdict?.ToString() ?? Quantity.Unknown;

    private static Tone ToneOf(IncidentSummary incident)
        => incident.Closed is not null ? Tone.Plain : incident.Verdict is Verdict.AwaitsApproval || incident.Repair is { AwaitsApproval: true } or { Step: RepairStep.People } ? Tone.Warning : FleetScreen.ToneOf(incident.State);
}
