using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>Bad data were met, and nobody can say whom they hit.</summary>
internal sealed class PoisonUncontained : IHealthRule
{
    private static readonly Threshold Stays = CodedError.StaysAnHour;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "poison-uncontained",
        Title = "Uncontained memory error",
        Doc = "Bad data were met and could not be kept to one program: all work on the device may be wrong. It must be reset before it works again.",
        KeyIsCode = true,
        Severity = Severity.Failed,
        Actions = new(WorkAction.StopNow, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the device, a reload of its driver, a reboot, or the driver's word that nothing is left to do",
        Probability = FailureProbability.Certain,
        ProbabilityOrigin = "it must be reset before further work (NVIDIA Xid catalogue, 95)",
        Outranks = [new("uncorrectable-memory-error"), new("ecc-uncorrected")],
        Thresholds = [Stays],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (Find(subject.Device) is not { } error) return;
        var remedy = Remedied(error.Latest.Detail);
        CodedError.Judge(in subject, error, Xid.Uncontained, remedy, true, subject.Settings.Span(Stays), Xid.Uncontained, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
        => Find(subject.Device) is { } error ? CodedError.Word(in subject, in verdict, error, subject.Settings.Span(Stays), CodedError.Label(error)) : default;

    /// <summary>The line says itself whether a reset is needed (RST) or may wait for the work to end (D-RST).</summary>
    private static Remedy Remedied(EventDetail? told) => told switch
    {
        { NeedsReset: false, NeedsDrain: true } => Remedy.SaveAndReset,
        _ => XidCatalog.Find(Xid.Uncontained)!.Remedy,
    };

    private static EventTally? Find(DeviceHistory device)
        => CodedError.Later(CodedError.Newest(device, Xid.Uncontained), CodedError.Newest(device, HealthEventKind.PoisonUncontained));
}
