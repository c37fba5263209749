using System.Globalization;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Predict.Rules;

/// <summary>The driver itself says what should be done with the device.</summary>
internal sealed class RecoveryAdvised : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "recovery-advised",
        Title = "The driver's own advice",
        Doc = "The driver advises to reset the device, to reboot the node, or to let work end first. It knows what was hit and what was contained, so its advice takes"
            + " the place of every table: where it came with an error, that error's finding says the same.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "the driver takes its advice back (after the reset or reboot that it asked for)",
        Probability = new(0.1, 0.3, 0.5),
        ProbabilityOrigin = "own; of those that it wants reset or rebooted the driver expects no more work",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var site = subject.Node.Overrides.OfXid(Xid.RecoveryAction);
        if (site is { Ignore: true }) return;
        if (DriverAdvice.Standing(in subject) is { } told) Advise(told.Code, told.At, site, verdicts);
        else if (!subject.Device.TryGet(SignalId.RecoveryAction, out var read))
        {
            if (!DriverAdvice.WasTold(in subject)) verdicts.Withhold(); // else it was taken back
        }
        else if (read > 0 && !DriverAdvice.IsReadBefore(in subject)) Advise((long)read, null, site, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var row = RecoveryActionCatalog.Of((long)verdict.Value);
        var at = verdict.Last ?? subject.Device.Signal(SignalId.RecoveryAction).ReadAt(0);
        var line = verdict.Last is null ? "" : CodedError.Newest(subject.Device, Xid.RecoveryAction)?.Latest.Raw ?? "";
        return new Wording(
            string.Create(CultureInfo.InvariantCulture, $"the driver advises: {row.Meaning} (advice {verdict.Value} \"{row.Name}\", should be 0)"),
            [new("the driver's advice", verdict.Value, 0, "", line, subject.Node.Clock.Wall(at))]);
    }

    private static void Advise(long code, DateTimeOffset? at, CatalogOverride? site, Verdicts verdicts)
    {
        var remedy = RecoveryActionCatalog.Of(code).Remedy;
        if (site is not null) remedy = site.Over(remedy);
        verdicts.Add(new Verdict(0, code, 0) { Severity = remedy.Severity, Actions = remedy.Actions, Latch = remedy.Latch, Since = at, Last = at });
    }
}
