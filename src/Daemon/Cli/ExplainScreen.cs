using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>One device, or the node: who it is, what is the matter and why we think so, what to do, what would clear it.</summary>
internal sealed class ExplainScreen(ExplainReport report, int width, TimeZoneInfo zone)
{
    private const string Indent = "   ";

    // "last healthy  ": the longest label and two blanks.
    private const int LabelWidth = 14;

    // Own figure: what a person reads of it at once.
    private const int MostOfThePast = 10;

    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public IEnumerable<Line> Render()
    {
        if (report.Simulated) yield return new("SIMULATED NODE: nothing below comes from real hardware", Tone.Warning);
        foreach (var line in Head()) yield return line;
        foreach (var (i, finding) in (report.Assessment?.Findings ?? []).Index())
        {
            yield return new("");
            foreach (var line in Finding(i, finding, report.Explanations[i])) yield return line;
        }

        if (report.Assessment is { Findings.Count: > 0 })
        {
            yield return new("");
            yield return new("What to do");
            foreach (var line in Advice()) yield return new(line);
        }

        if (report.Device?.Past is not { Count: > 0 } past) yield break;
        yield return new("");
        yield return new("What happened to it before, by the controller");
        foreach (var line in Past(past)) yield return new(line);
    }

    private IEnumerable<Line> Head()
    {
        var device = report.Device;
        var who = device is null
            ? $"node {report.Node}"
            : $"device {device.Index?.ToString(Plain) ?? Quantity.Unknown}, {DeviceName.Short(device.Vendor, device.Name)}, {device.PciAddress}";
        foreach (var line in Labelled("", who)) yield return new(line);
        foreach (var line in Labelled("state", State())) yield return new(line, StateTone());
        foreach (var line in (device is null ? [] : Identity(device)).SelectMany(line => line)) yield return new(line);
        if (report.Rack is { } rack) yield return new(Label("rack") + rack);
        if (report.Assessment is not { } judged) yield break;
        if (judged.InMaintenance)
        {
            foreach (var line in Labelled("maintenance", "somebody works at the node: what is found is kept, nobody is called")) yield return new(line, Tone.Warning);
        }

        if (judged.Findings.Count > 0) foreach (var line in Labelled("may fail", Probability(judged.FailureProbability))) yield return new(line);
        if (device is null) yield break;
        var healthy = judged.LastHealthyUnderLoad is { } time ? $"at work {Quantity.Moment(time, report.Time, zone)} ({Quantity.Duration(report.Time - time)} ago)" : "not seen healthy at work since the agent keeps count";
        foreach (var line in Labelled("last healthy", healthy)) yield return new(line);
        if (device.NotBelieved is { } wrong)
        {
            foreach (var line in Labelled("not believed", $"{string.Join(", ", wrong)}: the library gave a number that cannot be")) yield return new(line, Tone.Warning);
        }

        var jobs = device.Workloads.Count == 0 ? "none that we know of" : string.Join("; ", device.Workloads.Select(WorkloadText.Whole));
        foreach (var line in Labelled("on it now", jobs)) yield return new(line);
    }

    private IEnumerable<IEnumerable<string>> Identity(DeviceReport device)
    {
        yield return Labelled("slot", $"{device.Slot?.ToString(Plain) ?? Quantity.Unknown}, serial {device.Serial ?? Quantity.Unknown}, part {device.PartNumber ?? Quantity.Unknown}");
        yield return Labelled("id", device.Id);
        yield return Labelled("node", $"{report.Node}, firmware {device.Firmware ?? Quantity.Unknown}");
        if (device.Presence == DevicePresence.Measured) yield break;
        var why = device.Detail ?? device.Reason?.ToString() ?? "no reason given";
        yield return Labelled("presence", $"{device.Presence}{(device.Since is { } time ? $" since {Since(time)}" : "")}: {why}");
    }

    private string State()
    {
        if (report.Assessment is not { } judged)
            return report.Device?.Parent is { } card ? $"judged with its card, {card}" : "not judged yet";
        var nothing = judged.Findings.Count == 0 ? "; nothing is found" : "";
        return $"{judged.State} since {Since(judged.Since)}{nothing}";
    }

    private Tone StateTone() => report.Assessment?.State switch
    {
        HealthState.Failing or HealthState.Failed => Tone.Bad,
        HealthState.Watch or HealthState.Degraded or HealthState.Unknown => Tone.Warning,
        _ => Tone.Plain,
    };

    private IEnumerable<Line> Finding(int index, FindingReport finding, ExplainedRule rule)
    {
        var tone = finding.Observed ? Tone.Plain : finding.Severity >= Severity.Failing ? Tone.Bad : finding.Severity > Severity.Info ? Tone.Warning : Tone.Plain;
        var key = finding.Key is { } number ? string.Create(Plain, $" {number}") : "";
        var observed = finding.Observed ? ", only observed" : finding.PartOf is { } whole ? $", part of {whole}" : "";
        foreach (var line in LabelledText.Lines($"{index + 1}. ", $"{finding.Severity}{observed}: {rule.Title ?? finding.Rule} ({finding.Rule}{key})", width)) yield return new(line, tone);
        foreach (var line in LabelledText.Lines(Indent, finding.Summary, width)) yield return new(line, tone);
        foreach (var line in Details(finding, rule)) yield return new(line);
    }

    private IEnumerable<string> Details(FindingReport finding, ExplainedRule rule)
    {
        var times = finding.Count == 1 ? "once" : string.Create(Plain, $"{finding.Count} times");
        IEnumerable<IEnumerable<string>> blocks =
        [
            Detail("seen", $"{times}, since {Since(finding.FirstSeen)}, last {Quantity.Moment(finding.LastSeen, report.Time, zone)}"),
            .. finding.Evidence.Select(Evidence),
            .. finding.Evidence.Any(one => one.Value is not null) ? [] : (IEnumerable<string>[])[Detail("number", string.Create(Plain, $"{finding.Count} (one is enough)"))],
            .. rule.Meaning is { } meaning ? [Detail("means", meaning)] : (IEnumerable<string>[])[],
            Detail("may fail", Probability(finding.FailureProbability) + (rule.ProbabilityOrigin is { } origin ? $"; from: {origin}" : "")),
            Detail("cleared by", $"{finding.ClearedBy ?? "its cause being gone"}{Latched(finding.Latch)}"),
            ShellLines.Of(rule.ClearCommand, $"{Indent}by hand:   ", width),
            Detail("runbook", rule.Runbook),
        ];
        return blocks.SelectMany(block => block);
    }

    private IEnumerable<string> Evidence(EvidenceReport one)
    {
        var unit = one.Unit is { } known ? known.StartsWith('°') || known == "%" ? known : " " + known : "";
        var number = one.Value is { } value ? $": {Number(value)}{unit}{(one.Threshold is { } limit ? $", limit {Number(limit)}{unit}" : " (one is enough)")}" : "";
        var at = one.At is { } time ? $", at {Quantity.Moment(time, report.Time, zone)}" : "";
        return Detail(one.Value is null ? "evidence" : "number", $"{one.What}{number}{at}")
            .Concat(one.Line is { } line ? Detail("logged", line) : []);
    }

    private IEnumerable<string> Advice()
    {
        if (report.Advice.Count == 0) yield return $"{Indent}Nothing has to be done.";
        foreach (var (i, todo) in report.Advice.Index())
        {
            foreach (var line in LabelledText.Lines($"{i + 1}. ", todo.Sentence, width)) yield return line;
            if (todo.Command is not { } command) continue;
            foreach (var line in ShellLines.Of(command, $"{Indent}  ", width)) yield return line;
        }
    }

    private IEnumerable<string> Past(IReadOnlyList<PastReport> past)
    {
        if (past.Count > MostOfThePast) yield return string.Create(Plain, $"{Indent}… {past.Count - MostOfThePast} before that: --json has them");
        foreach (var one in past.TakeLast(MostOfThePast))
        {
            foreach (var line in LabelledText.Lines($"{Indent}{Quantity.Moment(one.At, report.Time, zone)}  ", $"on {one.Node}: {one.Text}", width)) yield return line;
        }
    }

    private string Since(DateTimeOffset time) => $"{Quantity.Moment(time, report.Time, zone)} ({Quantity.Duration(report.Time - time)})";

    private IEnumerable<string> Labelled(string label, string text) => LabelledText.Lines(label.Length == 0 ? "" : Label(label), text, width);

    private static string Label(string label) => label.PadRight(LabelWidth);

    private IEnumerable<string> Detail(string label, string text) => LabelledText.Lines(Indent + label.PadRight(LabelWidth - Indent.Length), text, width);

    private static string Latched(Latch latch) => latch switch
    {
        Latch.None => "",
        _ => " (held until then)",
    };

    private static string Probability(ProbabilityReport chance)
        => $"{Percent(chance.OneHour)} within 1 h, {Percent(chance.OneDay)} within 24 h, {Percent(chance.SevenDays)} within 7 d";

    // Two significant digits: no source of these chances has more.
    private static string Percent(double chance) => chance switch
    {
        0 => "0 %",
        < 0.0001 => "below 0.01 %",
        _ => (chance * 100).ToString("G2", Plain) is var two && !two.Contains('E', StringComparison.Ordinal) ? two + " %" : "100 %",
    };

    private static string Number(double value) => Math.Abs(value) is 0 or (>= 0.001 and < 1e15) ? value.ToString("0.###", Plain) : value.ToString("0.##E+0", Plain);
}
