using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Predict.Rules;

/// <summary>Corrected errors on the link between the device and its processor.</summary>
internal sealed class ChipLinkCorrected : IHealthRule
{
    private static readonly Threshold Stays = CodedError.StaysAnHour;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "chip-link-corrected",
        Title = "Corrected errors on the chip link",
        Doc = "The link between accelerator and processor corrected errors. Nothing was lost and nothing is slower; a reset at a convenient time lets the link train"
            + " anew.",
        KeyIsCode = true,
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        Latch = Latch.None,
        ClearedBy = "an hour of watching without another one",
        Probability = new(0.0005, 0.005, 0.02),
        ProbabilityOrigin = "own; corrected, without operational impact (NVIDIA Xid catalogue, 121)",
        Thresholds = [Stays],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (CodedError.Newest(subject.Device, Xid.ChipLinkCorrected) is not { } error) return;
        CodedError.Judge(
            in subject, error, Xid.ChipLinkCorrected, XidCatalog.Find(Xid.ChipLinkCorrected)!.Remedy, true, subject.Settings.Span(Stays), Xid.ChipLinkCorrected, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
        => CodedError.Newest(subject.Device, Xid.ChipLinkCorrected) is { } error
            ? CodedError.Word(in subject, in verdict, error, subject.Settings.Span(Stays), CodedError.Label(error))
            : default;
}
