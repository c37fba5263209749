using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>How often one kind of event came to one device.</summary>
public sealed class EventTally(HealthEvent first)
{
    private readonly RollingSum _hour = new(TimeSpan.FromHours(1));
    private readonly RollingSum _day = new(TimeSpan.FromDays(1));
    private DateTimeOffset _openedAt;
    private long _openCount;

    /// <summary>The newest, with its text, detail and raw line.</summary>
    public HealthEvent Latest { get; private set; } = first;

    /// <summary>First time seen.</summary>
    public DateTimeOffset First { get; } = first.FirstSeen;

    /// <summary>Last time seen, on the judging clock.</summary>
    public DateTimeOffset Last { get; private set; }

    /// <summary>All together.</summary>
    public long Count { get; private set; }

    /// <summary>Which processes it hit and where; null while none of it named either.</summary>
    public Recurrence? Recurrence { get; private set; }

    /// <summary>Within the last hour.</summary>
    public double InHour(DateTimeOffset now) => _hour.Total(now);

    /// <summary>Within the last 24 hours.</summary>
    public double InDay(DateTimeOffset now) => _day.Total(now);

    /// <summary>Takes it: a new one, or one that is still going on and whose count grew.</summary>
    public void Take(HealthEvent happened, DateTimeOffset now)
    {
        var grown = happened.FirstSeen == _openedAt ? happened.Count - _openCount : happened.Count;
        (_openedAt, _openCount) = (happened.FirstSeen, happened.Count);
        if (grown <= 0) return;
        Latest = happened;
        Last = now;
        Count += grown;
        if (happened.Detail is { } detail && (detail.Pid > 0 || detail.Place.Length > 0)) (Recurrence ??= new()).Take(detail, now);
        _hour.Add(grown, now);
        _day.Add(grown, now);
    }
}
