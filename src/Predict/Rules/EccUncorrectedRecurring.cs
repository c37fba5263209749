using Forewarn.Model;
using Forewarn.Predict.History;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Uncorrectable memory errors that came again: the best sign of the next one that there is.</summary>
internal sealed class EccUncorrectedRecurring : IHealthRule
{
    // Each finds two errors that lie a sixth of it apart at least, so that together they miss none between ten minutes and a week.
    private static readonly TimeSpan[] Windows = [TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(7)];

    private static readonly Threshold Least = new("Least", 2, "", 2, 1e6, "uncorrectable errors at times that lie apart, within an hour up to a week",
        "DCGM health, memory watch: more than one double-bit page within a week; two is the least that recurs");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "ecc-uncorrected-recurring",
        Title = "Uncorrectable memory errors come again",
        Doc = "Memory lost data at two times or more that lie apart, within hours or days. Most cards on which that happens have further such errors, most "
            + "of them close by, and replacing rows one after the other does not help.",
        Severity = Severity.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.InspectHardware),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromDays(7), "own: as long as the window that it is counted in, so that the next one in such a time is the same trouble"),
        ClearedBy = "a week without an uncorrectable error, another card in the slot, or `forewarn clear` after the maker's diagnosis passed",
        Probability = new(0.1, 0.5, 0.7),
        ProbabilityOrigin = "own, between Calchas (ATC'24: 82 % of devices with one uncorrectable error have more, gap median 1.2 h) and Summit (ICS'24: "
            + "recurrence median 20 h)",
        Thresholds = [Least],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var counter = Counter(in subject);
        var worst = default(Growth);
        foreach (var window in Windows)
        {
            // The other counter's windows must know of what came before it is needed.
            _ = subject.Device.Growth(counter == SignalId.EccUncorrected ? SignalId.EccLifetimeUncorrected : SignalId.EccUncorrected, window, subject.Now);
            var growth = subject.Device.Growth(counter, window, subject.Now);
            if (growth.IsRepeated && growth.Total > worst.Total) worst = growth;
        }

        if (!subject.TryRead(counter, verdicts, out _)) return;
        if (worst.Total >= subject.Settings[Least]) verdicts.Add(new Verdict(0, worst.Total, subject.Settings[Least]));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"{verdict.Value:0} uncorrectable memory errors at times that lie apart, within a week (limit {verdict.Threshold:0})"),
        [subject.Seen(Counter(in subject), "uncorrectable memory errors that came apart", verdict.Value, verdict.Threshold)]);

    /// <summary>Over the card's life, since a reset must not hide that it happened before.</summary>
    private static SignalId Counter(in Subject subject)
        => subject.Device.Last(SignalId.EccLifetimeUncorrected).HasValue || !subject.Device.Last(SignalId.EccUncorrected).HasValue
            ? SignalId.EccLifetimeUncorrected
            : SignalId.EccUncorrected;
}
