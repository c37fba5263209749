using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Peers;

namespace Forewarn.Predict.Rules;

/// <summary>PCIe reported errors at a card or at the port above it; asked about the node, at what is no card.</summary>
internal sealed class BusErrors(RuleScope scope) : IHealthRule
{
    // Codes of the event, and keys of the finding.
    private const long Corrected = 0;
    private const long NonFatal = 1;
    private const long Fatal = 2;

    private static readonly Threshold CorrectedPerHour = new("CorrectedPerHour", 10, "", 1, 100000, "So many corrected errors within an hour are watched.",
        "own: a good link has none for days; the kernel itself prints at most 10 in 5 s (aer_ratelimit)");

    private static readonly Threshold NonFatalPerDay = new("NonFatalPerDay", 5, "", 2, 100000, "So many non-fatal errors within a day degrade; one is watched.",
        "own: each lost a transaction that somebody waited for");

    private static readonly Threshold Chance = new("Chance", 0.95, "", 0.5, 1,
        "Corrected errors must come, so probably, five times as often as on the cards beside it.", "own: a noisy riser disturbs all, and then it is not the card");

    public RuleSheet Sheet { get; } = new()
    {
        Name = scope == RuleScope.Node ? "node-bus-errors" : "bus-errors",
        Title = scope == RuleScope.Node ? "Bus errors of the node" : "Bus errors",
        Scope = scope,
        Doc = "Corrected errors (key 0) cost bandwidth and foretell worse where they are many; a non-fatal one (key 1) lost a transaction; a fatal one (key 2) took the "
            + "link down. Seating, riser, retimer or the card itself.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectHardware),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: what is counted has left its window before; what comes again within this is the same trouble"),
        ClearedBy = "fewer errors than the limit within an hour (corrected) or a day of watching; after a fatal one, a reset or a reboot",
        Probability = new(0.001, 0.01, 0.05),
        ProbabilityOrigin = "own; PCIe is 18 % of the interruptions that FT-HSDP (2602.00277) counts, corrected errors before them have no public rate",
        Outranks = [new("error-rate-siblings", 1)],
        Thresholds = [CorrectedPerHour, NonFatalPerDay, Chance],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var (device, _, settings, now) = subject;
        var fatal = EventCount.Of(device, HealthEventKind.BusError, now, Fatal);
        if (fatal.Newest is { } last && SinceRestart.Counts(in subject, last, last.Last))
        {
            verdicts.Add(new Verdict(Fatal, Math.Max(1, fatal.InDay), 0)
            {
                Last = last.Last,
                Severity = Severity.Degraded,
                Actions = new(WorkAction.CheckpointAndMove, RepairAction.InspectHardware),
                Latch = Latch.Reset,
            });
        }

        var lost = EventCount.Of(device, HealthEventKind.BusError, now, NonFatal);
        if (lost.InDay > 0)
        {
            var limit = settings[NonFatalPerDay];
            var isMany = lost.InDay >= limit;
            verdicts.Add(new Verdict(NonFatal, lost.InDay, isMany ? limit : 0)
            {
                Last = lost.Newest!.Last,
                Severity = isMany ? Severity.Degraded : null,
                Actions = isMany ? new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware) : null,
            });
        }

        var corrected = EventCount.Of(device, HealthEventKind.BusError, now, Corrected);
        if (corrected.InHour >= settings[CorrectedPerHour] && Excess(in subject, corrected.InHour) >= settings[Chance])
            verdicts.Add(new Verdict(Corrected, corrected.InHour, settings[CorrectedPerHour]) { Last = corrected.Newest!.Last });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var count = EventCount.Of(subject.Device, HealthEventKind.BusError, subject.Now, verdict.Key);
        var (what, span) = verdict.Key switch { Fatal => ("fatal", "a day"), NonFatal => ("non-fatal", "a day"), _ => ("corrected", "an hour") };
        return new(
            $"{Counted.Of(verdict.Value, $"{what} bus error")} within {span} (limit {verdict.Threshold:0})",
            [new($"{what} bus errors within {span}", verdict.Value, verdict.Threshold, "", "", count.Newest?.Last ?? subject.Now), count.Line("the kernel's word")]);
    }

    /// <summary>The chance that it has more than five times the corrected errors of an hour that the cards beside it have; 1 for the node.</summary>
    private static double Excess(in Subject subject, double own)
    {
        if (subject.Device == subject.Node.Self) return 1;
        var (errors, cards) = (0.0, 0);
        for (var i = 0; i < subject.Node.Devices.Count; i++)
        {
            var sibling = subject.Node.Devices[i];
            if (sibling == subject.Device || sibling.IsLogged || sibling.Presence != DevicePresence.Measured) continue; // what stands still says nothing of an hour
            cards++;
            errors += EventCount.Of(sibling, HealthEventKind.BusError, subject.Now, Corrected).InHour;
        }

        return GammaPoisson.ChanceAbove(own, 1, Math.Max(errors / Math.Max(1, cards), 1.0 / 24), 5);
    }
}
