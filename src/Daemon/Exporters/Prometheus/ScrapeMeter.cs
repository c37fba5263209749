namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>What the scrapes cost so far. Only touched by whoever holds the renderer.</summary>
internal sealed class ScrapeMeter
{
    public long Scrapes { get; private set; }

    public double Seconds { get; private set; }

    public void Add(TimeSpan duration)
    {
        Scrapes++;
        Seconds += duration.TotalSeconds;
    }
}
