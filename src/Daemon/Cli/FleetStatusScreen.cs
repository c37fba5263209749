using System.Globalization;
using Forewarn.Controller.Guards;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary>Fleet and controller on one screen.</summary>
internal static class FleetStatusScreen
{
    private static readonly TextColumn[] Partitions =
    [
        new("PARTITION"), new("MODE"), new("NODES", Right: true), new("OUT", Right: true), new("OURS", Right: true), new("MAY BE", Right: true), new("SHARE", Right: true), new("", Flexible: true),
    ];

    private static readonly TextColumn[] Moves = [new("JOB"), new("STEP"), new("SINCE", Right: true), new("OFF"), new("ONTO", Flexible: true), new("WHY", Flexible: true)];

    public static IEnumerable<Line> Render(StatusAnswer status, int width, TimeZoneInfo zone)
    {
        if (status.Simulated) yield return new("SIMULATED NODES are among these: what is said of them comes from no real hardware", Tone.Warning);
        foreach (var text in LabelledText.Lines("", Head(status), width)) yield return new(text);
        if (status.Work?.Trouble is { } trouble)
        {
            foreach (var text in LabelledText.Lines("NOTHING IS DONE: ", trouble, width)) yield return new(text, Tone.Bad);
        }

        if (status.StoreTrouble is { } store)
        {
            foreach (var text in LabelledText.Lines("NOT STORED: ", store, width)) yield return new(text, Tone.Bad);
        }

        if (status.Work?.AuditTrouble is { } audit)
        {
            foreach (var text in LabelledText.Lines("NOT AUDITED: ", audit, width)) yield return new(text, Tone.Bad);
        }

        foreach (var text in LabelledText.Lines("", FleetScreen.Summary(status.NodeCount, status.States, status.SilentCount), width)) yield return new(text);
        if (status.SilentNodes.Count > 0)
        {
            var more = status.SilentCount > status.SilentNodes.Count ? string.Create(CultureInfo.InvariantCulture, $" and {status.SilentCount - status.SilentNodes.Count} more") : "";
            foreach (var text in LabelledText.Lines("silent: ", string.Join(' ', status.SilentNodes) + more, width)) yield return new(text, Tone.Bad);
        }

        foreach (var line in status.Work is { } work ? Work(work, status.Time, width, zone) : [new("nobody's work is looked after: Scheduler= in [Recovery] names none")]) yield return line;
    }

    private static string Head(StatusAnswer status)
    {
        var head = $"controller {status.Version}, up {Quantity.Duration(status.Time - status.Started)}";
        if (status.Work is not { } work) return head;
        var read = work.SchedulerRead is { } at ? $"read {Quantity.Duration(status.Time - at)} ago" : "not read yet";
        return string.Create(CultureInfo.InvariantCulture, $"{head}; {work.Scheduler} {read}; term {work.Epoch} of the journal");
    }

    private static IEnumerable<Line> Work(WorkStatus work, DateTimeOffset now, int width, TimeZoneInfo zone)
    {
        if (work.Partitions.Count > 0)
        {
            yield return new("");
            foreach (var line in PartitionTable(work.Partitions, width)) yield return line;
        }

        yield return new("");
        var awaited = work.ApprovalsAwaited > 0 ? string.Create(CultureInfo.InvariantCulture, $", {work.ApprovalsAwaited} decisions wait for an approval") : "";
        yield return new(string.Create(CultureInfo.InvariantCulture, $"{work.OpenCount} incidents open{awaited}"), work.ApprovalsAwaited > 0 ? Tone.Warning : Tone.Plain);
        if (work.Incidents.Count > 0)
        {
            foreach (var line in IncidentListScreen.Table(work.Incidents, now, width)) yield return line;
            if (work.OpenCount > work.Incidents.Count) yield return new(string.Create(CultureInfo.InvariantCulture, $"… and {work.OpenCount - work.Incidents.Count} more: forewarn fleet incidents"));
        }

        yield return new("");
        yield return new(string.Create(CultureInfo.InvariantCulture, $"{work.MoveCount} jobs are being moved"));
        if (work.Moves.Count == 0) yield break;
        var table = new TextTable(Moves);
        foreach (var move in work.Moves) table.Add(move.Job, move.Step.ToString(), Quantity.Moment(move.Since, now, zone), string.Join(',', move.Targets), string.Join(',', move.Destinations), move.Why);
        foreach (var text in table.Render(width)) yield return new(text);
        if (work.MoveCount > work.Moves.Count) yield return new(string.Create(CultureInfo.InvariantCulture, $"… and {work.MoveCount - work.Moves.Count} more: forewarn fleet plan --state Running"));
    }

    private static IEnumerable<Line> PartitionTable(IReadOnlyList<PartitionReport> partitions, int width)
    {
        var table = new TextTable(Partitions);
        foreach (var one in partitions)
        {
            var share = one.NodeCount == 0 ? Quantity.Unknown : string.Create(CultureInfo.InvariantCulture, $"{100.0 * one.Out / one.NodeCount:0.#} %");
            table.Add(one.Partition, one.Mode == ActionMode.Observe ? "observe" : one.Mode == ActionMode.Auto ? "auto" : "approve", Count(one.NodeCount), Count(one.Out), Count(one.Ours), Count(one.Most),
                share, one.Full ? "FULL: no further node is taken out" : "");
        }

        var lines = table.Render(width);
        yield return new(lines[0]);
        foreach (var (text, one) in lines.Skip(1).Zip(partitions)) yield return new(text, one.Full ? Tone.Warning : Tone.Plain);
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
