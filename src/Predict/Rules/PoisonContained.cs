using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>Bad data were met, and only the program that met them was hit.</summary>
internal sealed class PoisonContained : IHealthRule
{
    private static readonly Threshold Stays = CodedError.StaysAnHour;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "poison-contained",
        Title = "Contained memory error",
        Doc = "A program met data that were known to be bad and was ended; nobody else was hit. The page is not used again, and the device should be reset when it is"
            + " convenient. What the line says of reset and drain decides how soon.",
        KeyIsCode = true,
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the device, a reload of its driver, a reboot, or the driver's word that nothing is left to do",
        Probability = new(0.005, 0.05, 0.15),
        ProbabilityOrigin = "own; containment and remapping mend nine of ten such errors on H100 (public study of a 2024 cluster)",
        Thresholds = [Stays],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (Find(subject.Device) is not { } error) return;
        var remedy = Remedied(error.Latest.Detail);
        if (remedy.Severity < Severity.Failing && CodedError.IsConsequence(in subject, error)) return;
        CodedError.Judge(in subject, error, Xid.Contained, remedy, true, subject.Settings.Span(Stays), Xid.Contained, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
        => Find(subject.Device) is { } error ? CodedError.Word(in subject, in verdict, error, subject.Settings.Span(Stays), CodedError.Label(error)) : default;

    /// <summary>The line says itself whether a reset is needed (RST) or may wait for the work to end (D-RST).</summary>
    private static Remedy Remedied(EventDetail? told) => told switch
    {
        { NeedsReset: true } => Remedy.ResetNow,
        { NeedsDrain: true } => Remedy.ResetWhenIdle,
        { NeedsReset: false, NeedsDrain: false } => Remedy.RestartAndWatch,
        _ => XidCatalog.Find(Xid.Contained)!.Remedy,
    };

    private static EventTally? Find(DeviceHistory device)
        => CodedError.Later(CodedError.Newest(device, Xid.Contained), CodedError.Newest(device, HealthEventKind.PoisonContained));
}
