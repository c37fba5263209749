using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Pages retired for double-bit errors go on growing.</summary>
internal sealed class RetiredPagesGrowing : IHealthRule
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private static readonly Threshold Pages = new("Pages", 16, "", 1, 1000, "pages retired for double-bit errors over the card's life",
        "DCGM health, memory watch (8), after NVIDIA's page retirement guide: more than 15");

    private static readonly Threshold InWeek = new("InWeek", 2, "", 1, 1000, "of these within the last seven days",
        "DCGM health, memory watch (8), after NVIDIA's page retirement guide: more than 1 in a week");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "retired-pages-growing",
        Title = "Retired pages go on growing",
        Doc = "Many pages of memory were taken out of use for double-bit errors, and more than one of them within the last week. The maker takes such a card back.",
        Severity = Severity.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.ReplaceHardware),
        Latch = Latch.Repair,
        ClearAfter = Delay.ClearAfter(TimeSpan.FromDays(7), "own: as long as the window that it is counted in, so that the next one in such a time is the same trouble"),
        ClearedBy = "another card in the slot, or `forewarn clear` after the maker's diagnosis passed",
        Probability = new(0.01, 0.1, 0.4),
        ProbabilityOrigin = "own, after Summit (ICS'24): errors that recur do so after 20 h in the median",
        Thresholds = [Pages, InWeek],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryGrow(SignalId.RetiredPagesDoubleBit, Week, verdicts, out var week)) return;
        subject.Device.TryGet(SignalId.RetiredPagesDoubleBit, out var pages);

        // At once is what a new driver does that counts otherwise (Summit: a change of software, 170 times as many); page after page is the card.
        if (pages >= subject.Settings[Pages] && week.Total >= subject.Settings[InWeek] && week.Span > 0) verdicts.Add(new Verdict(0, week.Total, subject.Settings[InWeek]));
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        subject.Device.TryGet(SignalId.RetiredPagesDoubleBit, out var pages);
        return new(
            Invariant($"{verdict.Value:0} pages of memory were retired within a week (limit {verdict.Threshold:0}), {pages:0} over the card's life"),
            [
                subject.Seen(SignalId.RetiredPagesDoubleBit, "pages retired for double-bit errors within a week", verdict.Value, verdict.Threshold),
                subject.Seen(SignalId.RetiredPagesDoubleBit, "pages retired for double-bit errors", pages, subject.Settings[Pages]),
            ]);
    }
}
