using System.Globalization;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>A unit of the newer links reported an error (NVLink 5).</summary>
internal sealed class LinkUnitError : IHealthRule
{
    private static readonly Threshold Stays = CodedError.StaysAnHour;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "link-unit-error",
        Title = "Link unit error",
        Doc = "A unit of the links between accelerators reported an error. Which unit and what status decide: some only tell, some need a reset, of some only the"
            + " driver knows (its advice follows), and where a link went down the line says why. What was injected on purpose is for information.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.InspectFabric),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the device, a reload of its driver, a reboot, or the driver's word that nothing is left to do",
        Probability = new(0.01, 0.1, 0.3),
        ProbabilityOrigin = "own; links that failed once tend to fail again before somebody has looked at them",
        Thresholds = [Stays],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!XidCatalog.Covers(subject.Device.Device)) return;
        var events = subject.Device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (!Is(events[i]) || IsLesserOfItsKey(in subject, events[i])) continue;
            CodedError.Judge(
                in subject, events[i], events[i].Latest.Code, Remedied(events[i]), !IsInjected(events[i]), subject.Settings.Span(Stays), Key(events[i]), verdicts);
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var events = subject.Device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (!Is(events[i]) || Key(events[i]) != verdict.Key || IsLesserOfItsKey(in subject, events[i])) continue;
            return CodedError.Word(in subject, in verdict, events[i], subject.Settings.Span(Stays), CodedError.Label(events[i]), More(events[i]));
        }

        return default;
    }

    private static string More(EventTally error)
    {
        var (detail, decoded) = (error.Latest.Detail, Decode(error));
        var link = detail is { Link: >= 0 } ? string.Create(CultureInfo.InvariantCulture, $"link {detail.Link}, ") : "";
        if (IsInjected(error)) link = $"injected on purpose, {link}";
        return decoded.Reason is { } reason
            ? string.Create(CultureInfo.InvariantCulture, $"{link}down for reason 0x{reason.Code:x2} (look at: {reason.LookAt})")
            : $"{link}{(detail is { Unit.Length: > 0 } ? detail.Unit : decoded.Unit.ToString())}{(decoded.FollowsAdvice ? ", the driver's advice decides" : "")}";
    }

    private static NvLink5Decoded Decode(EventTally error)
        => NvLink5Catalog.Decode(error.Latest.Code, error.Latest.Detail?.Unit ?? "", error.Latest.Detail?.Registers ?? []);

    /// <summary>What somebody caused to try the handling says nothing of the link; what the driver then wants done it advises, and that has a rule of its own.</summary>
    private static Remedy Remedied(EventTally error) => IsInjected(error) ? Remedy.Note : Decode(error).Remedy;

    private static bool IsInjected(EventTally error) => error.Latest.Detail is { Injected: true };

    private static bool Is(EventTally tally)
        => tally.Latest.Kind == HealthEventKind.DriverError && tally.Latest.Code is >= Xid.FirstLink5 and <= Xid.LastLink5;

    /// <summary>Code and link in one readable number: 149008 is Xid 149 on link 8; 149999 names no link.</summary>
    private static long Key(EventTally tally) => (tally.Latest.Code * 1000) + (tally.Latest.Detail is { Link: >= 0 and var link } ? link : 999);

    /// <summary>Several units may report of one link: the gravest that still stands speaks, of equals the newest.</summary>
    private static bool IsLesserOfItsKey(in Subject subject, EventTally error)
    {
        var mine = Remedied(error).Severity;
        for (var i = 0; i < subject.Device.Events.Count; i++)
        {
            var other = subject.Device.Events[i];
            if (other == error || !Is(other) || Key(other) != Key(error)) continue;
            var its = Remedied(other);
            if (its.Severity > mine && CodedError.Stands(in subject, other, its.Latch, subject.Settings.Span(Stays))) return true;
            if (its.Severity == mine && CodedError.When(other) > CodedError.When(error)) return true;
        }

        return false;
    }
}
