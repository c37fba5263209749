using Forewarn.Model;
using Forewarn.Predict.Peers;

namespace Forewarn.Predict.Rules;

/// <summary>A card is hotter than its siblings that work as hard, or than it used to be against them.</summary>
internal sealed class TemperatureSiblings : IHealthRule
{
    private const int Window = Minutes.Length;
    private const int OfHabit = 2; // keys: chip 0 and memory 1 against siblings, the same + 2 against habit

    private static readonly Threshold Above = new("AboveSiblings", 15, "°C", 3, 60,
        "So much hotter than the median of the siblings at equal load, on average over ten minutes and never less than half of it.",
        "own: places in one chassis differ by up to about 10 °C; the whole middle half of AcmeTrace's A100s lies within 20 °C over all loads");

    private static readonly Threshold Shift = new("AboveHabit", 8, "°C", 2, 60,
        "So much hotter, against the siblings, than it is by habit, and its cumulative sum in alarm.",
        "own: five times the grain of the comparison; once in 10⁷ minutes by chance (Siegmund 1985)");

    private static readonly TimeSpan Current = TimeSpan.FromMinutes(2);

    public RuleSheet Sheet { get; } = new()
    {
        Name = "temperature-siblings",
        Title = "Hotter than its siblings",
        Doc = "Chip or memory is hotter than in at least three siblings of the same model at equal load and power, or has moved away from where this card usually "
            + "lies. Dust, a loose cooler, a tired pump or fan begin so, long before a limit is met.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectHardware),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: ten comparisons, one a minute"),
        ClearedBy = "ten comparable minutes that are not hotter",
        Probability = new(0.0001, 0.002, 0.01),
        ProbabilityOrigin = "own: Titan's hot cage failed 3.3 times as often as its cool one; base rate of RSC-1 (2410.21680)",
        Thresholds = [Above, Shift],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        Judge(subject, PeerSignal.Temperature, verdicts);
        Judge(subject, PeerSignal.MemoryTemperature, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var signal = PeerSignal.Temperature + (byte)(verdict.Key % OfHabit);
        var what = signal == PeerSignal.Temperature ? "chip" : "memory";
        ref readonly var state = ref subject.Device.Peers[signal];
        return verdict.Key < OfHabit
            ? new($"{what} {verdict.Value:0.0} °C hotter than its siblings at equal load for {Window} min (limit {verdict.Threshold:0.0} °C)",
                [new($"{what} above siblings, mean of {Window} min", verdict.Value, verdict.Threshold, "°C", "", state.Last)])
            : new($"{what} {verdict.Value:0.0} °C hotter against its siblings than by habit (limit {verdict.Threshold:0.0} °C)",
                [
                    new($"{what} above habit, mean of {Window} min", verdict.Value, verdict.Threshold, "°C", "", state.Last),
                    new("cumulative sum", Math.Round(state.Cusum.Up, 1), Cusum.Limit, "", "", state.Last),
                ]);
    }

    private static void Judge(in Subject subject, PeerSignal signal, Verdicts verdicts)
    {
        ref readonly var state = ref subject.Device.Peers[signal];
        var key = signal - PeerSignal.Temperature;
        if (subject.Now - state.Last > Current || state.Filled < Window)
        {
            verdicts.Withhold(key);
            verdicts.Withhold(key + OfHabit);
            return;
        }

        var mean = state.Mean(Window);
        var (above, shift) = (subject.Settings[Above], subject.Settings[Shift]);
        if (mean > above && state.Smallest(Window) > above / 2) verdicts.Add(new Verdict(key, Math.Round(mean, 1), above));
        if (state.HasHabit && mean - state.Offset > shift && state.Cusum.Up >= Cusum.Limit)
            verdicts.Add(new Verdict(key + OfHabit, Math.Round(mean - state.Offset, 1), shift));
    }
}
