using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>The card draws power and its energy does not grow: one of the two is not measured any more.</summary>
internal sealed class EnergyStandsStill : IHealthRule
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private static readonly Threshold Least = new("Least", 20, "W", 1, 1000, "power from which on the energy must grow",
        "own: the least idle power of the cards known is some 10 W (T4); each adds hundreds of joules a minute");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "energy-stands-still",
        Title = "Energy counter stands still",
        Doc = "The card says that it draws power, and the counter of its energy has not grown for minutes: its firmware repeats old numbers, and other readings of "
            + "it may be as old.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(3), "own: longer than the window, which is empty when it is first asked for"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: five readings of the slow lane in good order"),
        ClearedBy = "five minutes in which it grows",
        Probability = new(0.001, 0.005, 0.02),
        ProbabilityOrigin = "own: GWDG (arXiv 2603.28781) finds missing and stale readings, not numbers, before cards that left the bus; no rate is given",
        Thresholds = [Least],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryGrow(SignalId.Energy, Window, verdicts, out var growth) || !subject.TryRead(SignalId.Power, verdicts, out var watts)) return;
        if (growth.Total <= 0 && watts >= subject.Settings[Least]) verdicts.Add(new Verdict(0, 0, 1));
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        subject.Device.TryGet(SignalId.Power, out var watts);
        return new(
            Invariant($"the energy counter grew by 0 J within a minute (limit 1 J) while the card draws {watts:0} W"),
            [
                subject.Seen(SignalId.Energy, "growth of the energy counter within a minute", verdict.Value, verdict.Threshold, "J"),
                subject.Seen(SignalId.Power, "power", watts, subject.Settings[Least], "W"),
            ]);
    }
}
