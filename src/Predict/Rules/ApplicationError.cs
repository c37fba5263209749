using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>A program did something wrong, and the driver told so.</summary>
internal sealed class ApplicationError : IHealthRule
{
    private static readonly Threshold Stays = CodedError.StaysTenMinutes;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "application-error",
        Title = "Error of a program",
        Doc = "A program reached for memory that it may not have, ran an illegal instruction, or was ended. Such errors come by the thousand while "
            + "programs are written and say nothing of the device, however many there are. When they stay with one device while programs change, "
            + "application-error-repeats says so.",
        KeyIsCode = true,
        Severity = Severity.Info,
        Actions = new(WorkAction.RestartApplication, RepairAction.None),
        ClearedBy = "ten minutes of watching without another one",
        Probability = default,
        ProbabilityOrigin = "an error of the program says nothing of the device (NVIDIA Xid catalogue; public schedulers leave these codes out, too)",
        Thresholds = [Stays],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!XidCatalog.Covers(subject.Device.Device)) return;
        var events = subject.Device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (Row(events[i]) is not { } row || CodedError.Newest(subject.Device, row.Code) != events[i] || CodedError.IsConsequence(in subject, events[i])) continue;
            CodedError.Judge(in subject, events[i], row.Code, row.Remedy, false, subject.Settings.Span(Stays), row.Code, verdicts);
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        if (CodedError.Newest(subject.Device, verdict.Key) is not { } error) return default;
        return CodedError.Word(
            in subject, in verdict, error, subject.Settings.Span(Stays), CodedError.Label(error),
            string.Join("; ", new[] { error.Latest.Detail is { Process.Length: > 0 } told ? $"{told.Process} (pid {told.Pid})" : "", OfFabric(in subject, error) }.Where(word => word.Length > 0)));
    }

    /// <summary>What is said of a channel that was removed with no other error near it, where the card stands on a fabric: the others are consequences, and no finding.</summary>
    private static string OfFabric(in Subject subject, EventTally error)
        => error.Latest.Code == Xid.ChannelRemoved && HostParts.Of(subject.Node, HostPartKind.Fabric) is { IsNeeded: true }
            ? "it came alone; where nobody killed the program, restart the fabric manager (NVIDIA Xid catalogue, WORKFLOW_XID_45)"
            : "";

    /// <summary>Its row, where it is an error of a program.</summary>
    internal static XidRow? Row(EventTally tally)
        => tally.Latest.Kind == HealthEventKind.DriverError && !Xid.HasOwnRule(tally.Latest.Code) && XidCatalog.Find(tally.Latest.Code) is { Class: ErrorClass.Application } row
            ? row
            : null;
}
