namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>Writes the families of a part of the program that not every run of it has, before the end of a scrape.</summary>
internal delegate void FurtherSeries(ref ExpositionWriter writer);
