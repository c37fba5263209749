using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The card says that its memory cannot be repaired any more.</summary>
internal sealed class MemoryUnrepairable : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "memory-unrepairable",
        Title = "Memory cannot be repaired",
        Doc = "The card has used up every means to repair its memory: spare rows, spare channels. The next bad place stays bad.",
        Severity = Severity.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.ReplaceHardware),
        Latch = Latch.Repair,
        ClearedBy = "another card in the slot, or `forewarn clear` after the maker's diagnosis passed",
        Probability = new(0.02, 0.2, 0.5),
        ProbabilityOrigin = "own: DCGM health fails the card (52); no public rate is known",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (subject.TryRead(SignalId.MemoryUnrepairable, verdicts, out var value) && value > 0) verdicts.Add(new Verdict(0, value, 0));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        "memory cannot be repaired any more (flag 1, should be 0)",
        [subject.Seen(SignalId.MemoryUnrepairable, "unrepairable memory flag", verdict.Value, verdict.Threshold)]);
}
