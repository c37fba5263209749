using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Fewer PCIe lanes in use at work than card and slot have. An idle link is narrow and slow on purpose, so nobody can tell then.</summary>
internal sealed class PcieWidthReduced : IHealthRule
{
    private static readonly Threshold Load = new("Load", 0.3, "", 0.01, 1, "utilisation from which on the link must be as fast as it can be",
        "own: clearly at work; a link wakes within microseconds, and readings are averages over up to a second");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "pcie-width-reduced",
        Title = "PCIe link too narrow",
        Doc = "The card works over fewer PCIe lanes than card and slot have: some lanes failed to train. Everything that it exchanges with the host is slower, and the "
            + "lanes that are left may follow. Seating, riser and cable are the first to look at.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(1), "own: a link wakes within microseconds; a minute of load is no moment of waking"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: five readings of the slow lane in good order"),
        ClearedBy = "five minutes of work at full width",
        Probability = new(0.002, 0.02, 0.1),
        ProbabilityOrigin = "own: 25 of the 584 faults of InfiniteHBD-Trace are links too narrow, and were worth an exchange there",
        Thresholds = [Load],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryRead(SignalId.PcieLinkWidth, verdicts, out var now) || !subject.TryRead(SignalId.PcieLinkWidthMax, verdicts, out var most)) return;
        if (!subject.IsUnderLoad(subject.Settings[Load])) verdicts.Withhold();
        else if (now < most) verdicts.Add(new Verdict(0, now, most));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"the card works over {verdict.Value:0} PCIe lanes (should be {verdict.Threshold:0})"),
        [subject.Seen(SignalId.PcieLinkWidth, "PCIe lanes at work", verdict.Value, verdict.Threshold)]);
}
