using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>How often one kind of event came, all that are alike in it together.</summary>
/// <param name="InHour">Within the last hour that was watched.</param>
/// <param name="InDay">Within the last 24 hours that were watched.</param>
/// <param name="Newest">The one that came last; null when none ever did.</param>
public readonly record struct EventCount(double InHour, double InDay, EventTally? Newest)
{
    /// <summary>Of one kind, and of one code where that is given. Allocates nothing.</summary>
    public static EventCount Of(DeviceHistory device, HealthEventKind kind, DateTimeOffset now, long? code = null)
    {
        var count = default(EventCount);
        var watched = device.Watched(now);
        for (var i = 0; i < device.Events.Count; i++)
        {
            var tally = device.Events[i];
            if (tally.Latest.Kind != kind || (code is { } only && tally.Latest.Code != only)) continue;
            count = count.And(tally, tally.InHour(watched), tally.InDay(watched));
        }

        return count;
    }

    /// <summary>The same of the node and all that stands in it, whoever the kernel named.</summary>
    public static EventCount Anywhere(NodeHistory node, HealthEventKind kind, DateTimeOffset now)
    {
        var count = Of(node.Self, kind, now);
        for (var i = 0; i < node.Devices.Count; i++)
        {
            var more = Of(node.Devices[i], kind, now);
            if (more.Newest is null) continue;
            count = count.And(more.Newest, more.InHour, more.InDay);
        }

        return count;
    }

    /// <summary>The same with so many more.</summary>
    public EventCount And(EventTally tally, double inHour, double inDay)
        => new(InHour + inHour, InDay + inDay, Newest is { } newest && newest.Last > tally.Last ? newest : tally);

    /// <summary>One came after this time.</summary>
    public bool IsSince(DateTimeOffset time) => Newest is { } newest && newest.Last > time;

    /// <summary>The newest as evidence: the line as it was logged, or what was said of it.</summary>
    public Evidence Line(string what)
        => new(what, null, null, "", Newest?.Latest is not { } latest ? "" : latest.Raw.Length > 0 ? latest.Raw : latest.Text, Newest?.Last ?? default);
}
