using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>The host's own memory or processor reported errors.</summary>
internal sealed class HostMemory : IHealthRule
{
    // Codes of the event, and keys of the finding.
    private const long Corrected = 0;
    private const long Uncorrected = 1;

    private static readonly Threshold CorrectedPerDay = new("CorrectedPerDay", 10, "", 1, 1000000, "So many corrected errors within a day are watched.",
        "mcelog.conf, dimm ce-error-threshold: 10 / 24h");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "host-memory",
        Title = "Host memory errors",
        Scope = RuleScope.Node,
        Doc = "The node's memory or processor reported hardware errors: corrected ones in number (key 0), or an uncorrected one since the boot (key 1), after which the "
            + "kernel killed who held that memory.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectHardware),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: what is counted has left its window before; what comes again within this is the same trouble"),
        ClearedBy = "fewer corrected errors within a day of watching; after an uncorrected one, a reboot",
        Probability = new(0.0005, 0.01, 0.05),
        ProbabilityOrigin = "own; host maintenance was 8 % of the interruptions of Llama 3 (2407.21783)",
        Thresholds = [CorrectedPerDay],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var corrected = EventCount.Of(subject.Node.Self, HealthEventKind.HostHardwareError, subject.Now, Corrected);
        if (corrected.InDay >= subject.Settings[CorrectedPerDay])
            verdicts.Add(new Verdict(Corrected, corrected.InDay, subject.Settings[CorrectedPerDay]) { Last = corrected.Newest!.Last });
        var uncorrected = EventCount.Of(subject.Node.Self, HealthEventKind.HostHardwareError, subject.Now, Uncorrected);
        if (!uncorrected.IsSince(subject.Node.Booted)) return;
        verdicts.Add(new Verdict(Uncorrected, uncorrected.Newest!.Count, 0)
        {
            Last = uncorrected.Newest.Last,
            Severity = Severity.Degraded,
            Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
            Latch = Latch.Reboot,
        });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var count = EventCount.Of(subject.Node.Self, HealthEventKind.HostHardwareError, subject.Now, verdict.Key);
        var what = verdict.Key == Corrected ? "corrected hardware errors of the host within a day" : "uncorrected hardware errors of the host since the boot";
        return new(
            $"{verdict.Value:0} {what} (limit {verdict.Threshold:0})",
            [new(what, verdict.Value, verdict.Threshold, "", "", count.Newest?.Last ?? subject.Now), count.Line("the kernel's word")]);
    }
}
