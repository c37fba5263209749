using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The card answers, and cannot say what it draws.</summary>
internal sealed class PowerUnreadable : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "power-unreadable",
        Title = "Power cannot be read",
        Doc = "The card tells its temperature and not its power, which it can tell: its supply's sensor or regulator does not answer. Often the first thing that "
            + "goes on a board with a bad regulator.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectHardware),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(1), "own: sixty readings of the fast lane"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: five readings of the slow lane in good order"),
        ClearedBy = "five minutes in which it can be read",
        Probability = new(0.0005, 0.005, 0.03),
        ProbabilityOrigin = "own: DCGM health warns (11); PMU errors on Delta (arXiv 2503.11901) went on to others in 82 %, without a rate of such readings",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryRead(SignalId.TemperatureGpu, verdicts, out _)) return;
        switch (subject.Device.Last(SignalId.Power).Absence)
        {
            case NoDataReason.None:
                return;
            case NoDataReason.Invalid or NoDataReason.TimedOut:
                verdicts.Add(new Verdict(0, 0, 1));
                return;
            default:
                verdicts.Withhold(); // it cannot tell, may not, or its library does not ask
                return;
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        "the card's power cannot be read while its temperature can (0 of 1 readings)",
        [subject.Seen(SignalId.Power, "readings of power", verdict.Value, verdict.Threshold)]);
}
