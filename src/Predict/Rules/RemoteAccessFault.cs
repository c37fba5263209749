using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>A program reached for memory of another device that it may not have.</summary>
internal sealed class RemoteAccessFault : IHealthRule
{
    private static readonly Threshold Stays = CodedError.StaysTenMinutes;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "remote-access-fault",
        Title = "Fault at another device",
        Doc = "A program reached over a link for memory that it may not have, or that was gone. Nearly always the program's own fault. When a link of this device or"
            + " of a sibling failed at the same moment, that is the cause, and this is not shown.",
        KeyIsCode = true,
        Severity = Severity.Info,
        Actions = new(WorkAction.RestartApplication, RepairAction.None),
        Latch = Latch.None,
        ClearedBy = "ten minutes of watching without another one",
        Probability = default,
        ProbabilityOrigin = "an error of the program says nothing of the device (NVIDIA Xid catalogue, 137)",
        Thresholds = [Stays],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (CodedError.Newest(subject.Device, Xid.RemoteAccess) is not { } error || FollowsALink(in subject, error)) return;
        CodedError.Judge(in subject, error, Xid.RemoteAccess, XidCatalog.Find(Xid.RemoteAccess)!.Remedy, false, subject.Settings.Span(Stays), Xid.RemoteAccess, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
        => CodedError.Newest(subject.Device, Xid.RemoteAccess) is { } error
            ? CodedError.Word(in subject, in verdict, error, subject.Settings.Span(Stays), CodedError.Label(error))
            : default;

    private static bool FollowsALink(in Subject subject, EventTally error)
    {
        for (var i = 0; i < subject.Node.Devices.Count; i++)
        {
            var events = subject.Node.Devices[i].Events;
            for (var j = 0; j < events.Count; j++)
            {
                if (events[j].Latest.Kind == HealthEventKind.DriverError && Sympathetic.IsLinkError(events[j].Latest.Code)
                    && XidCatalog.Covers(subject.Node.Devices[i].Device) && CodedError.AreClose(events[j], error)) return true;
            }
        }

        return false;
    }
}
