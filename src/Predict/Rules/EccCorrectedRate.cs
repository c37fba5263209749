using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>
/// Memory errors that are corrected, faster than they should come. A counter that jumps (a new driver, a gap in the readings) is no rate: what came
/// within one twelfth of the window alone is never held against the card.
/// </summary>
internal sealed class EccCorrectedRate : IHealthRule
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10); // for a counter that is read once a minute
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static readonly Threshold PerHour = new("PerHour", 1000, "/h", 1, 1e9,
        "corrected errors within an hour, the worst five minutes left out, from which on the card is watched",
        "own: AzNHC's limit for on-chip memory (10,000) is reached within ten hours; a card in good order shows a few a day");

    private static readonly Threshold StormPerSecond = new("StormPerSecond", 100, "/s", 1, 1e6,
        "corrected errors a second over a minute, or over ten, that make a storm",
        "own: GCM's limit of 50 million is reached within six days; on the GB200 card of NVSentinel issue 1748 4,600/s slowed every call to tens of seconds");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "ecc-corrected-rate",
        Title = "Many corrected memory errors",
        Doc = "Memory errors are corrected at a rate that a card in good order does not show. They do no harm to results and foretell uncorrectable "
            + "ones badly; a storm of them slows the driver and everything that calls it, monitors included.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromHours(1), "own: as long as the window that it is counted in, so that the next one in such a time is the same trouble"),
        ClearedBy = "an hour below the limits",
        Probability = new(0.0005, 0.005, 0.03),
        ProbabilityOrigin = "own: some five times the base rate of a card (0.81 failures in 1,000 GPU-days, Meta RSC); Calchas (ATC'24) finds that corrected "
            + "errors do not predict uncorrectable ones",
        Outranks = [new("error-rate-siblings", 2)],
        Thresholds = [PerHour, StormPerSecond],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var counter = Counter(in subject);
        var minute = subject.Device.Growth(counter, Minute, subject.Now);
        var ten = subject.Device.Growth(counter, TenMinutes, subject.Now);
        if (!subject.TryGrow(counter, Hour, verdicts, out var hour)) return;
        var storm = subject.Settings[StormPerSecond];
        var perSecond = Math.Max(minute.IsSustained ? minute.Total / Minute.TotalSeconds : 0, ten.IsSustained ? ten.Total / TenMinutes.TotalSeconds : 0);
        if (perSecond >= storm)
        {
            verdicts.Add(new Verdict(0, perSecond, storm)
            {
                Severity = Severity.Degraded,
                Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
                Probability = new(0.01, 0.05, 0.2), // own: as of a storm that the driver itself announces
            });
        }
        else if (hour.WithoutPeak >= subject.Settings[PerHour])
        {
            verdicts.Add(new Verdict(0, hour.WithoutPeak, subject.Settings[PerHour]));
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var (rate, unit) = verdict.Severity == Severity.Degraded ? ("a second", "/s") : ("within an hour", "/h");
        return new(
            Invariant($"{verdict.Value:0} corrected memory errors {rate} (limit {verdict.Threshold:0})"),
            [subject.Seen(Counter(in subject), $"corrected memory errors {rate}", verdict.Value, verdict.Threshold, unit)]);
    }

    /// <summary>Since the load of the driver; over its life where the card tells no other.</summary>
    private static SignalId Counter(in Subject subject)
        => subject.Device.Last(SignalId.EccCorrected).Absence == NoDataReason.NotSupported && subject.Device.Last(SignalId.EccLifetimeCorrected).HasValue
            ? SignalId.EccLifetimeCorrected
            : SignalId.EccCorrected;
}
