using System.Globalization;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>A switch of the scale-up fabric told an error by code, itself or one of its ports.</summary>
internal sealed class SwitchError : IHealthRule
{
    private static readonly Threshold Stays = CodedError.StaysAnHour;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "switch-error",
        Title = "Error of a switch",
        Doc = "A switch between accelerators reported an error. A fatal one ends the work of the partition that its port belongs to, some end that of all "
            + "accelerators on the fabric; others only tell. The word that the line prints outranks the table. A section [Sxid.N] of the "
            + "configuration changes a row.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearedBy = "what the code needs: nothing but an hour of watching without another one, a reset of the switch with its accelerators, or a reboot",
        Probability = CodedError.Chance(Severity.Watch),
        ProbabilityOrigin = "own; one figure for all codes that are as grave: that of Watch here, 10 % in a day for Degraded, 20 % for Failing, certain for Failed",
        Thresholds = [Stays],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var events = subject.Device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Latest.Kind != HealthEventKind.SwitchError || Speaker(in subject, Key(events[i])) != events[i]) continue;
            CodedError.Judge(
                in subject, events[i], events[i].Latest.Code, Remedied(events[i]), false, subject.Settings.Span(Stays), Key(events[i]), verdicts, isOfMany: true);
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        if (Speaker(in subject, verdict.Key) is not { } error) return default;
        var detail = error.Latest.Detail;
        var link = detail is { Link: >= 0 } ? string.Create(CultureInfo.InvariantCulture, $"link {detail.Link}") : "";
        var more = string.Join(", ", new[] { detail?.Unit ?? "", link, Printed(detail) }.Where(word => word.Length > 0));
        return CodedError.Word(in subject, in verdict, error, subject.Settings.Span(Stays), SxidCatalog.Label(error.Latest.Code), more);
    }

    private static Remedy Remedied(EventTally error) => SxidCatalog.Judge(error.Latest.Code, error.Latest.Detail?.Printed ?? PrintedSeverity.None);

    /// <summary>Of several switches or words under one key the gravest that stands, of equals the newest.</summary>
    private static EventTally? Speaker(in Subject subject, long key)
    {
        EventTally? speaker = null;
        var (most, newest) = ((Severity)0, default(DateTimeOffset));
        var events = subject.Device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Latest.Kind != HealthEventKind.SwitchError || Key(events[i]) != key) continue;
            var (remedy, when) = (Remedied(events[i]), CodedError.When(events[i]));
            var severity = CodedError.Stands(in subject, events[i], remedy.Latch, subject.Settings.Span(Stays)) ? remedy.Severity : Severity.Info;
            if (speaker is null || severity > most || (severity == most && when > newest)) (speaker, most, newest) = (events[i], severity, when);
        }

        return speaker;
    }

    /// <summary>Code and link in one readable number: 12020008 is SXid 12020 on link 8; 12020999 names no link.</summary>
    private static long Key(EventTally tally) => (tally.Latest.Code * 1000) + (tally.Latest.Detail is { Link: >= 0 and var link } ? link : 999);

    private static string Printed(EventDetail? detail) => detail?.Printed switch
    {
        PrintedSeverity.Fatal => "fatal",
        PrintedSeverity.NonFatal => "non-fatal",
        PrintedSeverity.Corrected => "corrected",
        _ => "",
    };
}
