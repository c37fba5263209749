using System.Globalization;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>The driver told an error by code for which no other rule is.</summary>
internal sealed class DriverError : IHealthRule
{
    private static readonly Threshold Stays = CodedError.StaysAnHour;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "driver-error",
        Title = "Error of the driver",
        Doc = "The driver reported an error by code. What follows from it stands in the catalogue of its maker's codes; a code that is not in it, or that "
            + "is known by name alone, is shown and raises nothing above Watch. A section [Xid.N] of the configuration changes a row.",
        KeyIsCode = true,
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearedBy = "what the code needs: nothing but an hour of watching without another one, a reset, a reboot, or another card",
        Probability = CodedError.Chance(Severity.Watch),
        ProbabilityOrigin = "own; one figure for all codes that are as grave: that of Watch here, 10 % in a day for Degraded, 20 % for Failing, certain for Failed",
        Thresholds = [Stays],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var isCovered = XidCatalog.Covers(subject.Device.Device);
        var events = subject.Device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Latest.Kind != HealthEventKind.DriverError) continue;
            var code = events[i].Latest.Code;
            if (CodedError.Newest(subject.Device, HealthEventKind.DriverError, code) != events[i]) continue;
            if (!isCovered)
            {
                if (subject.Device.QuietSince(events[i], subject.Now) < subject.Settings.Span(Stays)) verdicts.Add(Unjudged(events[i]));
                continue;
            }

            var row = XidCatalog.Find(code);
            if (Xid.HasOwnRule(code) || row is { Class: ErrorClass.Application } || CodedError.IsConsequence(in subject, events[i])) continue;
            CodedError.Judge(in subject, events[i], code, row?.Remedy ?? XidCatalog.Unknown, row is { Advised: true }, subject.Settings.Span(Stays), code, verdicts, isOfMany: true);
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        if (CodedError.Newest(subject.Device, HealthEventKind.DriverError, verdict.Key) is not { } error) return default;
        return CodedError.Word(
            in subject, in verdict, error, subject.Settings.Span(Stays),
            XidCatalog.Covers(subject.Device.Device) ? CodedError.Label(error) : string.Create(CultureInfo.InvariantCulture, $"error {verdict.Key} of the driver"));
    }

    private static Verdict Unjudged(EventTally error)
        => new(error.Latest.Code, error.Count, 0) { Since = error.First, Last = CodedError.When(error), Count = error.Count, Latch = Latch.None };
}
