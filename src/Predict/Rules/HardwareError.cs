using Forewarn.Model;
using Forewarn.Predict.History;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>The driver told errors of the card's hardware by block, as makers do whose errors have no number (RAS).</summary>
internal sealed class HardwareError : IHealthRule
{
    // Codes of the event, and keys of the finding.
    private const long Corrected = 0;
    private const long Uncorrected = 1;
    private const long Deferred = 2;

    private static readonly Threshold CorrectedPerHour = new("CorrectedPerHour", 1000, "", 1, 1e9, "So many corrected errors within an hour are watched.",
        "own: as for corrected memory errors that a card counts itself");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "hardware-error",
        Title = "Hardware errors by block",
        Doc = "The driver reports errors of the card's hardware: corrected ones in number (key 0), an uncorrectable one (key 1), after which what ran there is lost and "
            + "the card needs a reset, or one that was found and not consumed yet (key 2).",
        Severity = Severity.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: what is counted has left its window before; what comes again within this is the same trouble"),
        ClearedBy = "after an uncorrectable one a reset, a reload of the driver or a reboot; else an hour of watching below the limit, or a day of it without one that was not consumed",
        Probability = CodedError.Chance(Severity.Failing),
        ProbabilityOrigin = "own: as for uncorrectable memory errors of other makers",
        Thresholds = [CorrectedPerHour],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var (device, _, settings, now) = subject;
        var uncorrected = EventCount.Of(device, HealthEventKind.DeviceHardwareError, now, Uncorrected);
        if (uncorrected.Newest is { } last && SinceRestart.Counts(in subject, last, last.Last))
            verdicts.Add(new Verdict(Uncorrected, last.Count, 0) { Last = last.Last, Since = last.First, Count = last.Count });
        var deferred = EventCount.Of(device, HealthEventKind.DeviceHardwareError, now, Deferred);
        if (deferred.InDay > 0) verdicts.Add(Watched(Deferred, deferred.InDay, 0, deferred.Newest!));
        var corrected = EventCount.Of(device, HealthEventKind.DeviceHardwareError, now, Corrected);
        if (corrected.InHour >= settings[CorrectedPerHour]) verdicts.Add(Watched(Corrected, corrected.InHour, settings[CorrectedPerHour], corrected.Newest!));
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var newest = EventCount.Of(subject.Device, HealthEventKind.DeviceHardwareError, subject.Now, verdict.Key);
        var (what, span) = verdict.Key switch
        {
            Corrected => ("corrected", " within an hour"),
            Deferred => ("not yet consumed", " within a day"),
            _ => ("uncorrectable", ""),
        };
        var block = newest.Newest?.Latest.Detail is { Unit.Length: > 0 } detail ? $", the last in block {detail.Unit}" : "";
        return new(
            Invariant($"{verdict.Value:0} {what} hardware errors{span} (limit {verdict.Threshold:0}){block}"),
            [new($"{what} hardware errors{span}", verdict.Value, verdict.Threshold, "", "", newest.Newest?.Last ?? subject.Now), newest.Line("the driver's word")]);
    }

    private static Verdict Watched(long key, double count, double limit, EventTally newest) => new(key, count, limit)
    {
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        Probability = CodedError.Chance(Severity.Watch),
        Latch = Latch.None,
        Last = newest.Last,
    };
}
