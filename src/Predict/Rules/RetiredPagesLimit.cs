using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>As many pages of memory were retired as the card can retire.</summary>
internal sealed class RetiredPagesLimit : IHealthRule
{
    private static readonly Threshold Pages = new("Pages", 63, "", 1, 1000, "retired pages, of both causes together",
        "DCGM health, memory watch: 63 and more fail the card (7); NVIDIA GPU memory error management: 64 can be retired");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "retired-pages-limit",
        Title = "No more pages can be retired",
        Doc = "As many pages of memory were taken out of use as the card can take out. The next bad one stays in use. The maker takes the card back from here on.",
        Severity = Severity.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.ReplaceHardware),
        Latch = Latch.Repair,
        ClearedBy = "another card in the slot, or `forewarn clear` after the maker's diagnosis passed",
        Probability = new(0.005, 0.05, 0.3),
        ProbabilityOrigin = "own, below that of a row that could not be remapped; no public rate is known",
        Thresholds = [Pages],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryRead(SignalId.RetiredPagesDoubleBit, verdicts, out var doubles)) return;
        if (!subject.TryRead(SignalId.RetiredPagesSingleBit, verdicts, out var singles)) return;
        if (doubles + singles >= subject.Settings[Pages]) verdicts.Add(new Verdict(0, doubles + singles, subject.Settings[Pages]));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"{Counted.Of(verdict.Value, "page")} of memory retired (limit {verdict.Threshold:0})"),
        [subject.Seen(SignalId.RetiredPagesDoubleBit, "retired pages", verdict.Value, verdict.Threshold)]);
}
