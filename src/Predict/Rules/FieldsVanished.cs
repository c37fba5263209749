using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The card is measured and does not tell some things any more that it used to tell.</summary>
internal sealed class FieldsVanished : IHealthRule
{
    private const int MostNamed = 3;

    private static readonly Threshold Many = new("Many", 10, "", 2, 1000, "So many signals: the card is Degraded, not only watched.",
        "own: one or two are a fault of one interface, ten of the card's own processor");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "fields-vanished",
        Title = "Readings vanished",
        Doc = "Signals that the card told sample after sample have no value any more, while others have. Neither driver nor partitions changed. It is one of the few "
            + "signs before a card drops off, and a monitor that shows the last value hides it.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(1), "own: as long as a probe that is started anew may need to read everything once"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(2), "own: two readings of the slow lane that have it again"),
        HasBootGrace = true,
        ClearedBy = "the readings back, or another driver",
        Probability = new(0.002, 0.01, 0.03),
        ProbabilityOrigin = "own; GWDG (2603.28781) names metrics that disappear before detachments and gives no rate",
        Thresholds = [Many],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (subject.Device.Presence != DevicePresence.Measured || subject.Device.Fields.IsNew) verdicts.Withhold();
        else if (subject.Device.Fields.Vanished is > 0 and var vanished)
        {
            var many = subject.Settings[Many];
            verdicts.Add(new Verdict(0, vanished, vanished >= many ? many : 0)
            {
                Severity = vanished >= many ? Severity.Degraded : null,
                Actions = vanished >= many ? new(WorkAction.DrainWhenIdle, RepairAction.ResetDevice) : null,
            });
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var device = subject.Device;
        var gone = SignalCatalog.All.Where(signal => device.Fields.HasVanished(signal.Id)).ToList();
        var names = string.Join(", ", gone.Take(MostNamed).Select(NameOf)) + (gone.Count > MostNamed ? ", …" : "");
        return new(
            $"{Counted.Of(verdict.Value, "reading")} vanished (limit {verdict.Threshold:0}): {names}",
            [
                new("readings vanished", verdict.Value, verdict.Threshold, "", "", subject.Now),
                .. gone.Select(signal => new Evidence($"{NameOf(signal)}: {device.Last(signal.Id).Absence}", null, null, "", "", device.Signal(signal.Id).ReadAt(0))),
            ]);
    }

    private static string NameOf(Signal signal)
        => signal.Labels.Count == 0 ? signal.Family.Name : $"{signal.Family.Name}{{{string.Join(",", signal.Labels.Select(label => label.Value))}}}";
}
