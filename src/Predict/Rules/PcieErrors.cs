using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Uncorrectable errors on the PCIe link, as the card counts them.</summary>
internal sealed class PcieErrors : IHealthRule
{
    private const long Fatal = 0;
    private const long NonFatal = 1;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private static readonly Threshold FatalErrors = new("Fatal", 1, "", 1, 1e6, "fatal errors within an hour",
        "own: the standard calls a link unreliable after the first");

    private static readonly Threshold NonFatalErrors = new("NonFatal", 1, "", 1, 1e6, "non-fatal errors within an hour",
        "own: a packet is lost with each, none is normal at work; while devices are searched for some are");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "pcie-errors",
        Title = "Uncorrectable PCIe errors",
        Doc = "The card counted errors on its PCIe link that could not be corrected: a packet was lost (non-fatal), or the link cannot be relied on (fatal). Cards that leave "
            + "the bus sometimes say so before.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectHardware),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromHours(1), "own: as long as the window that it is counted in, so that the next one in such a time is the same trouble"),
        HasBootGrace = true,
        ClearedBy = "two hours without such an error",
        Probability = new(0.005, 0.02, 0.08),
        ProbabilityOrigin = "own: PCIe makes 18 % of Meta's hardware interruptions (FT-HSDP, arXiv 2602.00277); the share announced by counters is not public",
        Outranks = [new("error-rate-siblings", 1)],
        Thresholds = [FatalErrors, NonFatalErrors],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var fatalTold = subject.TryGrow(SignalId.PcieErrorsFatal, 0, Window, verdicts, out var fatal);
        var nonFatalTold = subject.TryGrow(SignalId.PcieErrorsNonFatal, 0, Window, verdicts, out var nonFatal);
        if (!fatalTold && !nonFatalTold) verdicts.Withhold();
        if (fatalTold && fatal.Total >= subject.Settings[FatalErrors])
        {
            verdicts.Add(new Verdict(Fatal, fatal.Total, subject.Settings[FatalErrors])
            {
                Severity = Severity.Degraded,
                Actions = new(WorkAction.CheckpointAndMove, RepairAction.InspectHardware),
            });
        }

        if (nonFatalTold && nonFatal.Total >= subject.Settings[NonFatalErrors]) verdicts.Add(new Verdict(NonFatal, nonFatal.Total, subject.Settings[NonFatalErrors]));
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var (signal, kind) = verdict.Key == Fatal ? (SignalId.PcieErrorsFatal, "fatal") : (SignalId.PcieErrorsNonFatal, "non-fatal");
        return new(
            Invariant($"{Counted.Of(verdict.Value, $"{kind} error")} on the PCIe link within an hour (limit {verdict.Threshold:0})"),
            [subject.Seen(signal, $"{kind} PCIe errors within an hour", verdict.Value, verdict.Threshold)]);
    }
}
