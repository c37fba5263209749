using System.Globalization;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Repair;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary>One trouble: what is the matter, what was decided and why, and what happened when.</summary>
internal static class IncidentScreen
{
    public static IEnumerable<Line> Render(IncidentAnswer incident, int width, TimeZoneInfo zone)
    {
        if (incident.Simulated) yield return new("SIMULATED NODES are among these: what is said of them comes from no real hardware", Tone.Warning);
        var end = incident.Closed is { } closed ? $", closed {Quantity.Moment(closed, incident.Time, zone)}" : "";
        yield return new(
            string.Create(CultureInfo.InvariantCulture, $"incident {incident.Id}: {incident.Node}, opened {Quantity.Moment(incident.Opened, incident.Time, zone)}{end}"),
            incident.Closed is null ? FleetScreen.ToneOf(incident.State) : Tone.Plain);
        var card = incident.Card is { } number ? string.Create(CultureInfo.InvariantCulture, $" (card {number})") : "";
        foreach (var text in LabelledText.Lines("device  ", $"{incident.Device}{card}: {incident.State}, {incident.Rule}", width)) yield return new(text);
        var chance = incident.FailureProbability;
        foreach (var text in LabelledText.Lines("asks    ", $"{incident.WorkAction}, {incident.RepairAction}; fails with {Share(chance.OneHour)} within 1 h, {Share(chance.OneDay)} within 1 d, {Share(chance.SevenDays)} within 7 d", width))
            yield return new(text);
        foreach (var line in incident.Decisions.SelectMany(decision => Decided(decision, width))) yield return line;
        foreach (var line in Moves(incident.Moves, incident.Time, width, zone)) yield return line;
        if (incident.Repair is { } repair)
        {
            yield return new("");
            var guard = repair.Guard is { } name ? $", kept back by guard {name}{(repair.AwaitsApproval ? ", awaits approval" : "")}" : "";
            var relapses = repair.Relapses > 0 ? string.Create(CultureInfo.InvariantCulture, $", relapses {repair.Relapses}") : "";
            yield return new(string.Create(CultureInfo.InvariantCulture, $"repair {repair.Number} of the node: {repair.Step} since {Quantity.Moment(repair.Since, incident.Time, zone)}{(repair.Step == RepairStep.Closed ? $", {repair.Outcome}" : "")}{guard}{relapses}"));
            foreach (var text in LabelledText.Lines("  ", repair.Why, width)) yield return new(text);
        }

        if (incident.Timeline.Count == 0) yield break;
        yield return new("");
        var longest = incident.Timeline.Max(static one => one.What.Length);
        foreach (var one in incident.Timeline)
        {
            var after = string.Create(CultureInfo.InvariantCulture, $"+{(one.At - incident.Opened).TotalSeconds:0.0} s").PadLeft(10);
            foreach (var text in LabelledText.Lines($"{Quantity.Moment(one.At, incident.Time, zone)} {after}  {one.What.PadRight(longest)}  ", one.Text, width)) yield return new(text);
        }

        yield return new(string.Create(CultureInfo.InvariantCulture, $"the controller's own share: {incident.OwnSeconds:0.00} s"));
    }

    /// <summary>Each move with where it stands.</summary>
    public static IEnumerable<Line> Moves(IEnumerable<MoveReport> moves, DateTimeOffset now, int width, TimeZoneInfo zone)
    {
        foreach (var move in moves)
        {
            yield return new("");
            yield return new($"move of job {move.Job}: {move.Step} since {Quantity.Moment(move.Since, now, zone)}{(move.Step == RecoveryStep.Closed ? $", {move.Outcome}" : "")}");
            foreach (var text in LabelledText.Lines("  ", $"off {string.Join(", ", move.Targets)}, onto {string.Join(", ", move.Destinations)}; {move.Why}", width)) yield return new(text);
            if (move.Checkpoint is { } seen) yield return new($"  from {seen.Path}{(seen.TrainingStep is { } step ? string.Create(CultureInfo.InvariantCulture, $", step {step}") : "")}");
            if (move is { LostSeconds: { } lost, KeptSeconds: { } kept }) yield return new($"  work: {Quantity.Duration(TimeSpan.FromSeconds(lost))} lost, {Quantity.Duration(TimeSpan.FromSeconds(kept))} kept that a failure would have taken");
        }
    }

    /// <summary>What was said of one job, or of the node.</summary>
    public static IEnumerable<Line> Decided(DecisionReport decision, int width)
    {
        yield return new("");
        var about = decision.Job is { } job ? $"job {job} of {decision.User}" : $"node {string.Join(", ", decision.Nodes)}";
        yield return new($"{about}: {decision.Verdict}{(decision.Guard is { } guard ? $"{(decision.Verdict is Verdict.Refused or Verdict.AwaitsApproval ? "" : ", more refused")} by guard {guard}" : "")}");
        foreach (var text in LabelledText.Lines("  ", decision.Why, width)) yield return new(text);
        foreach (var line in Alternatives(decision.Alternatives, decision.Chosen, width)) yield return line;
        if (decision.Destinations.Count == 0) yield break;
        yield return new($"  onto {string.Join(", ", decision.Destinations)}");
        foreach (var text in decision.Placement.SelectMany(line => LabelledText.Lines("    ", line, width))) yield return new(text);
    }

    /// <summary>What there was to choose from, with the costs.</summary>
    public static IEnumerable<Line> Alternatives(IEnumerable<AlternativeReport> alternatives, Alternative? chosen, int width)
    {
        foreach (var one in alternatives)
        {
            var cost = one.CardMinutes is { } minutes ? string.Create(CultureInfo.InvariantCulture, $"{minutes:0.0}") : Quantity.Unknown;
            var mark = one.Alternative == chosen ? '*' : ' ';
            foreach (var text in LabelledText.Lines($"  {mark} {one.Alternative,-20} {cost,10}  ", one.Reason, width)) yield return new(text);
        }
    }

    private static string Share(double chance) => string.Create(CultureInfo.InvariantCulture, $"{100 * chance:0.#} %");
}
