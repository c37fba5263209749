using Forewarn.Model;
using Forewarn.Predict.Peers;

namespace Forewarn.Predict.Rules;

/// <summary>An error counter of one card grows far faster than those of its siblings.</summary>
internal sealed class ErrorRateSiblings : IHealthRule
{
    private static readonly Threshold Times = new("Times", 5, "", 2, 1000, "The rate is held against so many times that of the siblings.",
        "own: five times the fleet's rate is what a weekly ranking needs to tell cards apart");

    private static readonly Threshold Chance = new("Chance", 0.999, "", 0.5, 1, "So probable must it be that the true rate is above that.",
        "own: 8 cards, 3 counters and a fresh look a day make one false word in about 40 days at most");

    // Own figure: who was not watched for so long is not known to be well, as when what was remembered is lost.
    private const double Acquainted = 1; // hours

    public RuleSheet Sheet { get; } = new()
    {
        Name = "error-rate-siblings",
        Title = "More errors than its siblings",
        Doc = "Errors that mend themselves (bus replays, bus errors, memory errors that were corrected) come far more often than on cards of the same model beside it. "
            + "The chance is that of a Poisson count over a gamma prior, so two errors in a minute are no storm. Keys: 0 bus replays, 1 bus errors, 2 memory errors.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(4), "own: four comparisons, one a minute; Minder (NSDI 2025) asks for four minutes on end"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: ten comparisons, one a minute"),
        ClearedBy = "a rate like that of the siblings; older errors lose half of their weight in a day",
        Probability = new(0.0003, 0.005, 0.03),
        ProbabilityOrigin = "own; corrected errors foretell few uncorrected ones (Calchas, ATC 2024)",
        Thresholds = [Times, Chance],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (subject.Device.Presence != DevicePresence.Measured)
        {
            verdicts.Withhold();
            return;
        }

        for (var counter = 0; counter < CounterRates.All.Length; counter++)
        {
            ref readonly var rate = ref subject.Device.Peers.Rates[counter];
            var chance = rate.Events > 0 ? CounterRates.ChanceAbove(subject.Device, subject.Node, counter, subject.Settings[Times]) : 0;
            if (chance >= subject.Settings[Chance]) verdicts.Add(new Verdict(counter, Math.Round(rate.Events), subject.Settings[Times]));
            else if (rate.Hours < Acquainted) verdicts.Withhold(counter);
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var counter = (int)verdict.Key;
        var id = CounterRates.All[counter].Signal;
        ref readonly var rate = ref subject.Device.Peers.Rates[counter];
        var (perHour, usual) = (rate.Events / Math.Max(rate.Hours, 1.0 / 60), CounterRates.Usual(subject.Device, subject.Node, counter));
        return new(
            $"{perHour:0.##} {Errors(id)} an hour, where {usual:0.##} are usual beside it (limit {verdict.Threshold * usual:0.##})",
            [
                new($"{Errors(id)} an hour", Math.Round(perHour, 2), Math.Round(verdict.Threshold * usual, 2), "", "", subject.Device.Signal(id).ReadAt(0)),
                new("chance that the true rate is above that", CounterRates.ChanceAbove(subject.Device, subject.Node, counter, verdict.Threshold),
                    subject.Settings[Chance], "", "", subject.Now),
            ]);
    }

    private static string Errors(SignalId counter) => counter switch
    {
        SignalId.PcieReplays => "PCIe replays",
        SignalId.PcieErrorsCorrectable => "corrected PCIe errors",
        SignalId.EccCorrected => "corrected memory errors",
        _ => SignalCatalog.Of(counter).Family.Name,
    };
}
