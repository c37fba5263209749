using System.Globalization;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>What all rules on errors by code have in common: which came last, whether it still stands, what outranks the table.</summary>
internal static class CodedError
{
    /// <summary>How long it must be watched without another one before an error is taken back that says nothing of the device.</summary>
    public static Threshold StaysTenMinutes => Stays(600, "own: whoever just ran the program sees it, and so do some scrapes; it says nothing of the device and need not stand longer");

    /// <summary>The same of what nothing heals.</summary>
    public static Threshold StaysAnHour => Stays(3600, "own: long enough for whoever looks once an hour");

    /// <summary>The same of words of the driver that have no code, and so no row that says how grave they are.</summary>
    public static Threshold StaysForWords => Stays(86_400, "own: long enough for whoever looks once a day: no table grades words without a code, a person has to");

    /// <summary>
    /// The same for a rule whose errors a reset, a reboot or another card ends: it counts where the site says that none of these is needed. Own figure:
    /// who looks once a day sees it.
    /// </summary>
    public static readonly TimeSpan StaysADay = TimeSpan.FromDays(1);

    /// <summary>What it is, for a person: the code and its meaning, or the event's own words.</summary>
    public static string Label(EventTally error) => error.Latest.Kind == HealthEventKind.DriverError ? XidCatalog.Label(error.Latest.Code) : error.Latest.Text;

    /// <summary>When it happened, on the judging clock, by which restarts are known as well: an event of the log's backlog is older than its arrival.</summary>
    public static DateTimeOffset When(EventTally tally) => tally.Last;

    /// <summary>The same for a person: as the wall clock has it.</summary>
    public static DateTimeOffset Seen(in Subject subject, EventTally tally) => subject.Node.Clock.Wall(When(tally));

    /// <summary>The newest error of the driver with this code; null when there is none, or when another maker's driver means something else by it.</summary>
    public static EventTally? Newest(DeviceHistory device, long code)
        => XidCatalog.Covers(device.Device) ? Newest(device, HealthEventKind.DriverError, code) : null;

    /// <summary>The newest event of a kind and code, whatever link or unit it names.</summary>
    public static EventTally? Newest(DeviceHistory device, HealthEventKind kind, long code)
    {
        EventTally? newest = null;
        var events = device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Latest.Kind == kind && events[i].Latest.Code == code && (newest is null || When(events[i]) > When(newest))) newest = events[i];
        }

        return newest;
    }

    /// <summary>The newest event of a kind, whatever its code.</summary>
    public static EventTally? Newest(DeviceHistory device, HealthEventKind kind)
    {
        EventTally? newest = null;
        var events = device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Latest.Kind == kind && (newest is null || When(events[i]) > When(newest))) newest = events[i];
        }

        return newest;
    }

    /// <summary>The later of two, either of which may be missing.</summary>
    public static EventTally? Later(EventTally? one, EventTally? other)
        => one is null ? other : other is null || When(one) >= When(other) ? one : other;

    /// <summary>
    /// What an error stands for whose code has no figure of its own. Own figures: as the rules of one code that are as grave (a retired row; a link's
    /// error; an uncorrectable one).
    /// </summary>
    public static FailureProbability Chance(Severity severity) => severity switch
    {
        Severity.Info => default,
        Severity.Watch => new(0.002, 0.02, 0.06),
        Severity.Degraded => new(0.01, 0.1, 0.3),
        Severity.Failing => new(0.02, 0.2, 0.4),
        _ => FailureProbability.Certain,
    };

    /// <summary>Adds what follows from an error of the driver, if anything still does.</summary>
    /// <param name="subject">What is judged.</param>
    /// <param name="error">The newest of its kind.</param>
    /// <param name="code">The code under which the site may have said something of it; an event of another kind may stand for it.</param>
    /// <param name="remedy">As the table, or the decoding of its registers, has it.</param>
    /// <param name="isAdvised">Whether the driver's advice may be about it.</param>
    /// <param name="stays">How long it must be watched without another one, where nothing heals it.</param>
    /// <param name="key">Key of the finding; the code unless a link is meant.</param>
    /// <param name="verdicts">Where it goes.</param>
    /// <param name="isOfMany">The rule is about many codes, and its figure for the chance of failure goes by how grave each is.</param>
    public static void Judge(
        in Subject subject, EventTally error, long code, Remedy remedy, bool isAdvised, TimeSpan stays, long key, Verdicts verdicts, bool isOfMany = false)
    {
        var site = error.Latest.Kind == HealthEventKind.SwitchError ? subject.Node.Overrides.OfSxid(code) : subject.Node.Overrides.OfXid(code);
        if (site is { Ignore: true }) return;
        var advice = isAdvised ? DriverAdvice.About(in subject, error) : null;
        if (advice is not null) remedy = advice.Remedy;
        if (site is not null) remedy = site.Over(remedy);
        if (!Stands(in subject, error, remedy.Latch, stays)) return;
        verdicts.Add(new Verdict(key, error.Count, 0)
        {
            Severity = remedy.Severity,
            Actions = remedy.Actions,
            Latch = remedy.Latch,
            Probability = isOfMany ? Chance(remedy.Severity) : null,
            Since = error.First,
            Last = When(error),
            Count = error.Count,
            Telling = error.Tellings,
            IsAdvised = advice is not null,
        });
    }

    /// <summary>Whether nothing has ended it since it happened.</summary>
    public static bool Stands(in Subject subject, EventTally error, Latch latch, TimeSpan stays)
    {
        var when = When(error);
        var end = CancelPairs.EndOf(error.Latest.Kind, error.Latest.Code);
        if (end > 0 && Newest(subject.Device, error.Latest.Kind, end) is { } later && When(later) >= when) return false;
        return latch switch
        {
            // Of what has an end that is told, silence is none.
            Latch.None when end > 0 => SinceRestart.Counts(in subject, error, when),
            Latch.None => subject.Device.QuietSince(error, subject.Now) < stays,
            Latch.Reset => SinceRestart.Counts(in subject, error, when) && DriverAdvice.Withdrawn(subject.Device) <= when,
            Latch.Reboot => error.Latest.BootId == subject.Node.BootId && DriverAdvice.Withdrawn(subject.Device) <= when,
            _ => true,
        };
    }

    /// <summary>Whether it follows another error of the same device, which says all that this one could.</summary>
    public static bool IsConsequence(in Subject subject, EventTally error)
    {
        var events = subject.Device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] != error && events[i].Latest.Kind == HealthEventKind.DriverError
                && Sympathetic.MayCause(events[i].Latest.Code, error.Latest.Code) && AreClose(events[i], error)
                && subject.Node.Overrides.OfXid(events[i].Latest.Code) is not { Ignore: true }) return true;
        }

        return false;
    }

    /// <summary>Whether two came within seconds of each other, the span of a coalesced one counted whole.</summary>
    public static bool AreClose(EventTally one, EventTally other)
        => one.Began - When(other) <= Sympathetic.Window && other.Began - When(one) <= Sympathetic.Window;

    /// <summary>The words: what it is, how often, the line, and what clears it as it is judged.</summary>
    public static Wording Word(in Subject subject, in Verdict verdict, EventTally error, TimeSpan stays, string label, string more = "")
    {
        var logged = error.Latest.Raw.Length > 0 ? error.Latest.Raw : label.StartsWith(error.Latest.Text, StringComparison.Ordinal) ? "" : error.Latest.Text;
        var first = new Evidence(label, error.Count, 0, "", logged, Seen(in subject, error));
        return new Wording(
            $"{label}{(more.Length > 0 ? ": " + more : "")}; seen {Counted.Times(error.Count)}, none is expected",
            DriverAdvice.Standing(in subject) is { } advice ? [first, Advised(in subject, advice)] : [first])
        {
            ClearedBy = verdict.Latch == Latch.None && CancelPairs.EndOf(error.Latest.Kind, error.Latest.Code) is > 0 and var end
                ? string.Create(CultureInfo.InvariantCulture, $"{(error.Latest.Kind == HealthEventKind.SwitchError ? "SXid" : "Xid")} {end}, which says that it is over; a reload of the driver, or a reboot")
                : ClearedBy.Of(verdict.Latch, stays, error.Latest.Kind == HealthEventKind.SwitchError),
        };
    }

    private static Threshold Stays(double seconds, string origin)
        => new("Stays", seconds, "s", 60, 30 * 86_400, "So long it must be watched without another one, where no reset is needed to end it.", origin);

    private static Evidence Advised(in Subject subject, (int Code, DateTimeOffset At) advice)
        => new($"the driver's advice: {RecoveryActionCatalog.Of(advice.Code).Meaning}", advice.Code, 0, "", "", subject.Node.Clock.Wall(advice.At));
}
