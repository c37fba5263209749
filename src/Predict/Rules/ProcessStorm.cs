using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>Processes stand still in the kernel, in a wait that no signal ends.</summary>
internal sealed class ProcessStorm : IHealthRule
{
    // Keys.
    private const long OfAny = 0;
    private const long OfDriver = 1;

    private static readonly Threshold Most = new("Processes", 10, "", 1, 100000, "So many processes that stand still in every one of five looks.",
        "own: a slow file server holds a few, a hung driver every process that touches it");

    private static readonly Threshold MostOfDriver = new("DriverProcesses", 1, "", 1, 1000, "So many whose name is that of the accelerators' driver or tools.",
        "gpud, os component: processes of the driver in state D in five checks in a row");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "process-storm",
        Title = "Processes stand still",
        Scope = RuleScope.Node,
        Doc = "Processes are in an uninterruptible wait in look after look: many of any kind (key 0), or one of the accelerators' driver (key 1). They cannot be killed, "
            + "hold their devices, and a job that waits for them never ends.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearedBy = "the processes run on or are gone",
        Probability = new(0.02, 0.05, 0.08),
        ProbabilityOrigin = "own; gpud asks for a reboot on the driver's own processes, no public rate is known",
        Thresholds = [Most, MostOfDriver],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (subject.Node.Host is not { Processes: >= 0 } host)
        {
            verdicts.Withhold();
            return;
        }

        if (host.StuckProcesses >= subject.Settings[Most]) verdicts.Add(new Verdict(OfAny, host.StuckProcesses, subject.Settings[Most]));
        if (host.StuckOfDriver < subject.Settings[MostOfDriver]) return;
        verdicts.Add(new Verdict(OfDriver, host.StuckOfDriver, subject.Settings[MostOfDriver])
        {
            Severity = Severity.Degraded,
            Actions = new(WorkAction.DrainWhenIdle, RepairAction.RebootNode),
        });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var host = subject.Node.Host;
        var whose = verdict.Key == OfDriver ? " of the driver" : "";
        return new(
            $"{verdict.Value:0} processes{whose} stand still in the kernel (limit {verdict.Threshold:0}), among them {host?.StuckExample}",
            [new($"processes{whose} in an uninterruptible wait", verdict.Value, verdict.Threshold, "", host?.StuckExample ?? "", host?.Read ?? subject.Now)]);
    }
}
