using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Different places of on-chip memory that had uncorrectable errors: the way to the maker's limit, for agents that may not read the limit's own flag.</summary>
internal sealed class EccSramPlaces : IHealthRule
{
    private static readonly Threshold Watched = new("Watched", 2, "", 1, 10000, "different places with uncorrectable errors from which on the card is watched",
        "own: one place is chance; NVIDIA GPU memory error management counts places, not errors");

    private static readonly Threshold Limit = new("Limit", 5, "", 1, 10000, "different places from which on the maker's limit may be passed",
        "NVIDIA GPU memory error management: more than 4 different places at one bank address with parity (more than 2 with correction)");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "ecc-sram-places",
        Title = "On-chip memory bad in several places",
        Doc = "On-chip memory had uncorrectable errors in several different places. A single error is a particle's work; different places in one bank make the "
            + "maker take the card back. Only the card's own flag says whether they lie in one bank, and that needs the privileged unit.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        Latch = Latch.Repair,
        ClearedBy = "another card in the slot, or `forewarn clear` after the maker's diagnosis passed",
        Probability = new(0.0005, 0.005, 0.03),
        ProbabilityOrigin = "own: some five times the base rate of a card (0.81 failures in 1,000 GPU-days, Meta RSC); no public rate is known",
        Thresholds = [Watched, Limit],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryRead(SignalId.EccSramPlaces, verdicts, out var places)) return;
        if (places >= subject.Settings[Limit])
        {
            verdicts.Add(new Verdict(0, places, subject.Settings[Limit])
            {
                Severity = Severity.Degraded,
                Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
            });
        }
        else if (places >= subject.Settings[Watched])
        {
            verdicts.Add(new Verdict(0, places, subject.Settings[Watched]));
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"on-chip memory had uncorrectable errors in {verdict.Value:0} different places (limit {verdict.Threshold:0})"),
        [subject.Seen(SignalId.EccSramPlaces, "different places with uncorrectable errors", verdict.Value, verdict.Threshold)]);
}
