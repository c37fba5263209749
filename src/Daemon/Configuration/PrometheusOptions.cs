namespace Forewarn.Daemon.Configuration;

/// <summary>[Prometheus]: the /metrics page.</summary>
internal sealed class PrometheusOptions
{
    /// <summary>Whether /metrics is served.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Whether it carries a series for each link, not only for each device.</summary>
    public required bool LinkSeries { get; init; }

    internal static PrometheusOptions From(SettingValues values) => new()
    {
        Enabled = values.Get(SettingCatalog.PrometheusEnabled),
        LinkSeries = values.Get(SettingCatalog.LinkSeries),
    };
}
