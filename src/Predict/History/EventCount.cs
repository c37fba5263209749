using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>How often one kind of event came, all that are alike in it together.</summary>
/// <param name="InHour">Within the last hour.</param>
/// <param name="InDay">Within the last 24 hours.</param>
/// <param name="Newest">The one that came last; null when none ever did.</param>
public readonly record struct EventCount(double InHour, double InDay, EventTally? Newest)
{
    /// <summary>Of one kind, and of one code where that is given; without what says of itself that it is as it should be, where asked so. Allocates nothing.</summary>
    public static EventCount Of(DeviceHistory device, HealthEventKind kind, DateTimeOffset now, long? code = null, bool isTrouble = false)
    {
        var count = default(EventCount);
        for (var i = 0; i < device.Events.Count; i++)
        {
            var tally = device.Events[i];
            if (tally.Latest.Kind != kind || (code is { } only && tally.Latest.Code != only)) continue;
            if (isTrouble && tally.Latest.Detail is { Printed: PrintedSeverity.Corrected }) continue;
            count = new(count.InHour + tally.InHour(now), count.InDay + tally.InDay(now), count.Newest is { } newest && newest.Last > tally.Last ? newest : tally);
        }

        return count;
    }

    /// <summary>The same of the node and all that stands in it, whoever the kernel named.</summary>
    public static EventCount Anywhere(NodeHistory node, HealthEventKind kind, DateTimeOffset now, bool isTrouble = false)
    {
        var count = Of(node.Self, kind, now, null, isTrouble);
        for (var i = 0; i < node.Devices.Count; i++)
        {
            var more = Of(node.Devices[i], kind, now, null, isTrouble);
            if (more.Newest is null) continue;
            count = new(count.InHour + more.InHour, count.InDay + more.InDay, count.Newest is { } newest && newest.Last > more.Newest.Last ? newest : more.Newest);
        }

        return count;
    }

    /// <summary>One came after this time.</summary>
    public bool IsSince(DateTimeOffset time) => Newest is { } newest && newest.Last > time;

    /// <summary>The newest as evidence: the line as it was logged, or what was said of it.</summary>
    public Evidence Line(string what)
        => new(what, null, null, "", Newest?.Latest is not { } latest ? "" : latest.Raw.Length > 0 ? latest.Raw : latest.Text, Newest?.Last ?? default);
}
