using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The card can repair a part of itself at its next reset, and works with the bad part until then.</summary>
internal sealed class RepairPending : IHealthRule
{
    private static readonly (SignalId Signal, string Part)[] Parts =
    [
        (SignalId.RepairPendingChannel, "a channel of its memory"),
        (SignalId.RepairPendingTpc, "a group of its processors"),
    ];

    public RuleSheet Sheet { get; } = new()
    {
        Name = "repair-pending",
        Title = "Repair waits for a reset",
        Doc = "The card found a bad channel of its memory, or a bad group of processors, and has a spare for it. The spare takes its place at the next reset; until "
            + "then the bad part is in use.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the card, once no process holds it, after which the flag is 0",
        Probability = new(0.005, 0.03, 0.08),
        ProbabilityOrigin = "own: as of a pending row remap; no public rate is known",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var told = false;
        for (var i = 0; i < Parts.Length; i++)
        {
            if (!subject.TryRead(Parts[i].Signal, 0, verdicts, out var pending)) continue;
            told = true;
            if (pending > 0) verdicts.Add(new Verdict(i, pending, 0));
        }

        if (!told) verdicts.Withhold();
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var (signal, part) = Parts[verdict.Key];
        return new(
            $"the card will repair {part} at its next reset (flag 1, should be 0)",
            [subject.Seen(signal, $"pending repair of {part}", verdict.Value, verdict.Threshold)]);
    }
}
