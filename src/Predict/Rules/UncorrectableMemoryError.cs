using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>An uncorrectable error in the device's memory.</summary>
internal sealed class UncorrectableMemoryError : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "uncorrectable-memory-error",
        Title = "Uncorrectable memory error",
        Doc = "Memory of the device, or one of its caches, had an error that could not be mended. Alone it asks for a reset: nobody can say what was hit. Where a row"
            + " was taken out of use at the same moment, work may end first and the reset brings the spare row into use. Other lines of the same moment (rows,"
            + " containment, programs that ended) are its consequences.",
        KeyIsCode = true,
        Severity = Severity.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the device, a reload of its driver, a reboot, or the driver's word that nothing is left to do",
        Probability = new(0.02, 0.2, 0.4),
        ProbabilityOrigin = "Oles and others, ICS 2024 (Summit, 27,756 V100): 295 such errors on 112 cards; where they came again, half did within 20 h",
        Outranks = [new("ecc-uncorrected")],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (Find(subject.Device) is not { } error) return;
        CodedError.Judge(
            in subject, error, Xid.UncorrectableMemory, HasSpare(in subject, error) ? Remedy.ResetWhenIdle : XidCatalog.Find(Xid.UncorrectableMemory)!.Remedy, true,
            CodedError.StaysADay, Xid.UncorrectableMemory, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
        => Find(subject.Device) is { } error
            ? CodedError.Word(
                in subject, in verdict, error, CodedError.StaysADay, CodedError.Label(error),
                HasSpare(in subject, error) ? "the bad row or page is taken out of use at the next reset" : "")
            : default;

    /// <summary>NVIDIA Xid catalogue, WORKFLOW_XID_48: alone a reset; with 63 let the work end, then reset.</summary>
    private static bool HasSpare(in Subject subject, EventTally error)
        => CodedError.Newest(subject.Device, Xid.RowRemapped) is { } row && CodedError.AreClose(row, error);

    /// <summary>The error itself rather than its details, which come a moment later.</summary>
    private static EventTally? Find(DeviceHistory device)
    {
        var error = CodedError.Later(CodedError.Newest(device, Xid.UncorrectableMemory), CodedError.Newest(device, HealthEventKind.UncorrectableMemoryError));
        var detail = CodedError.Later(CodedError.Newest(device, Xid.DramDetail), CodedError.Newest(device, Xid.SramDetail));
        return error is not null && (detail is null || CodedError.AreClose(error, detail)) ? error : CodedError.Later(error, detail);
    }
}
