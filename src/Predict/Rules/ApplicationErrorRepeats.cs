using System.Globalization;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>Errors that look like a program's own come to one device again and again, while programs change.</summary>
internal sealed class ApplicationErrorRepeats : IHealthRule
{
    private static readonly Threshold Programs = new(
        "Programs", 2, "", 2, 8, "So many programs, each in a burst of its own, must have been hit within Window.",
        "NVIDIA Xid catalogue, WORKFLOW_XID_31 (repeats on the same GPU); NVSentinel, health-events-analyzer: twice in 24 h");

    private static readonly Threshold SamePlace = new(
        "SamePlace", 2, "", 2, 8, "Or so many bursts must have hit one place in the chip (GPC, TPC, SM).",
        "NVIDIA Xid catalogue, WORKFLOW_XID_13 (repeats on the same TPC and GPC); NVSentinel: twice");

    private static readonly Threshold Window = new(
        "Window", 86_400, "s", 3600, 7 * 86_400, "Within this time.", "NVSentinel, health-events-analyzer: 24 h");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "application-error-repeats",
        Title = "Errors of programs that stay with the device",
        Doc = "Errors that look like a program's own (illegal address, illegal instruction) hit several programs one after the other, or one place in the "
            + "chip again and again, on this device alone. Then it may be the device: the maker's diagnosis should look. Programs that were "
            + "killed, channels that were reset and errors that siblings have as well are not counted.",
        KeyIsCode = true,
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectHardware),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromDays(1), "own: as long as Window, so that a program that runs once a day is seen not to bring it back"),
        ClearedBy = "two days of watching without a repeat, or `forewarn clear` after the maker's diagnosis passed",
        Probability = new(0.001, 0.01, 0.03),
        ProbabilityOrigin = "own; most such repeats are one faulty program all the same",
        Thresholds = [Programs, SamePlace, Window],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!XidCatalog.Covers(subject.Device.Device)) return;
        var since = Since(in subject);
        var events = subject.Device.Events;
        for (var i = 0; i < events.Count; i++)
        {
            if (ApplicationError.Row(events[i]) is not { } row || row.Code is Xid.ChannelReset or Xid.ChannelRemoved) continue;
            if (CodedError.Newest(subject.Device, row.Code) != events[i]) continue;
            var (programs, places, _) = Counted(subject.Device, row.Code, since);
            var byPlace = row.Code == Xid.GraphicsException && places >= subject.Settings[SamePlace];
            if (!byPlace && programs < subject.Settings[Programs]) continue;
            if (subject.Node.Overrides.OfXid(row.Code) is { Ignore: true } || IsExplained(in subject, row.Code)) continue;
            verdicts.Add(new Verdict(row.Code, byPlace ? places : programs, subject.Settings[byPlace ? SamePlace : Programs])
            {
                Since = events[i].First,
                Last = CodedError.When(events[i]),
                Count = events[i].Count,
            });
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        if (CodedError.Newest(subject.Device, verdict.Key) is not { } error) return default;
        var (_, places, place) = Counted(subject.Device, verdict.Key, Since(in subject));
        var byPlace = verdict.Key == Xid.GraphicsException && places >= subject.Settings[SamePlace];
        var what = byPlace ? $"bursts at one place of the chip ({place})" : "programs were hit, each in a burst of its own";
        return new Wording(
            string.Create(CultureInfo.InvariantCulture, $"{CodedError.Label(error)}: {verdict.Value} {what} on this device alone (from {verdict.Threshold} on it may be the device)"),
            [new(what, verdict.Value, verdict.Threshold, "", error.Latest.Raw.Length > 0 ? error.Latest.Raw : error.Latest.Text, CodedError.Seen(in subject, error))]);
    }

    /// <summary>The most of any unit that reports the code: engines are told apart.</summary>
    private static (int Programs, int Places, string Place) Counted(DeviceHistory device, long code, DateTimeOffset since)
    {
        var (programs, places, place) = (0, 0, "");
        for (var i = 0; i < device.Events.Count; i++)
        {
            var tally = device.Events[i];
            if (tally.Latest.Kind != HealthEventKind.DriverError || tally.Latest.Code != code || tally.Recurrence is not { } recurrence) continue;
            programs = Math.Max(programs, recurrence.Processes(since));
            var here = recurrence.AtOnePlace(since, out var where);
            if (here > places) (places, place) = (here, where);
        }

        return (programs, places, place);
    }

    /// <summary>Where siblings have it too, it is the program; where the device's memory failed, that is why.</summary>
    private static bool IsExplained(in Subject subject, int code)
    {
        for (var i = 0; i < subject.Node.Devices.Count; i++)
        {
            var device = subject.Node.Devices[i];
            // By the common clock: what a sibling had weeks ago explains nothing today, also where nobody could watch that sibling since.
            if (device != subject.Device && CodedError.Newest(device, code) is { } error && subject.Now - error.Last <= subject.Settings.Span(Window)) return true;
        }

        return Came(in subject, Xid.UncorrectableMemory) || Came(in subject, Xid.Contained) || Came(in subject, Xid.Uncontained);
    }

    private static bool Came(in Subject subject, int code)
        => CodedError.Newest(subject.Device, code) is { } error && subject.Device.QuietSince(error, subject.Now) <= subject.Settings.Span(Window);

    /// <summary>On the clock that runs only while the device is watched: what nobody would have seen does not age what was.</summary>
    private static DateTimeOffset Since(in Subject subject) => subject.Device.Watched(subject.Now) - subject.Settings.Span(Window);
}
