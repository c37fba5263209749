namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>A family of which every device, source or exporter has series, and how one of them writes its own.</summary>
internal readonly record struct FamilyWriter<T>(SelfFamily Family, SeriesWriter<T> Write);

/// <summary>Writes the series of one family; none where it has no value now.</summary>
internal delegate void SeriesWriter<in T>(T series, ref ExpositionWriter writer);
