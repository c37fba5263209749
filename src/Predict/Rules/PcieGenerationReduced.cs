using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>A lower PCIe generation in use at work than card and slot can use. An idle link is narrow and slow on purpose, so nobody can tell then.</summary>
internal sealed class PcieGenerationReduced : IHealthRule
{
    private static readonly Threshold Load = new("Load", 0.3, "", 0.01, 1, "utilisation from which on the link must be as fast as it can be",
        "own: clearly at work; a link wakes within microseconds, and readings are averages over up to a second");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "pcie-generation-reduced",
        Title = "PCIe link too slow",
        Doc = "The card works over its PCIe link at a lower speed than card and slot can use: the link failed to train at the higher one. Everything that it exchanges "
            + "with the host takes twice as long a step. Seating, riser and cable are the first to look at.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(1), "own: a link wakes within microseconds; a minute of load is no moment of waking"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: five readings of the slow lane in good order"),
        ClearedBy = "five minutes of work at full speed",
        Probability = new(0.002, 0.02, 0.1),
        ProbabilityOrigin = "own: as of a link too narrow, of which InfiniteHBD-Trace has 25 among 584 faults",
        Thresholds = [Load],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryRead(SignalId.PcieLinkGeneration, verdicts, out var now) || !subject.TryRead(SignalId.PcieLinkGenerationMax, verdicts, out var most)) return;
        if (!subject.IsUnderLoad(subject.Settings[Load])) verdicts.Withhold();
        else if (now < most) verdicts.Add(new Verdict(0, now, most));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"the card works at PCIe generation {verdict.Value:0} (should be {verdict.Threshold:0})"),
        [subject.Seen(SignalId.PcieLinkGeneration, "PCIe generation at work", verdict.Value, verdict.Threshold)]);
}
