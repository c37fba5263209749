using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Dashboards;

/// <summary>The panel of a metric of the catalogue: title, unit and help are the catalogue's.</summary>
internal static class CatalogPanel
{
    public static Panel Of(MetricFamily family, IReadOnlyList<(string Query, string Legend)> queries) => new(Title(family), "timeseries", 8, 7)
    {
        Queries = queries,
        Unit = Unit(family),
        Description = family.Help,
    };

    /// <summary>Keys of the labels that tell its series apart, beside device and instance.</summary>
    public static IEnumerable<string> Labels(MetricFamily family) => Rows(family).SelectMany(row => row.Labels).Select(label => label.Key).Distinct();

    /// <summary>One device has several alike: links, fans.</summary>
    public static bool HasInstances(MetricFamily family) => Rows(family).Any(row => row.InstanceLabel is not null);

    private static IEnumerable<Signal> Rows(MetricFamily family) => SignalCatalog.All.Where(row => row.Family == family);

    private static string Title(MetricFamily family) => family.Name["forewarn_".Length..].Replace("_total", "", StringComparison.Ordinal).Replace('_', ' ');

    private static string Unit(MetricFamily family) => (family.Unit, family.Kind) switch
    {
        (SignalUnit.Bytes, SignalKind.Counter) => "Bps",
        (SignalUnit.Bytes, _) => "bytes",
        (SignalUnit.Seconds, SignalKind.Counter) => "percentunit",
        (SignalUnit.Seconds, _) => "s",
        (SignalUnit.Celsius, _) => "celsius",
        (SignalUnit.Watts, _) => "watt",
        (SignalUnit.Joules, SignalKind.Counter) => "watt",
        (SignalUnit.Hertz, _) => "hertz",
        (SignalUnit.Ratio, _) => "percentunit",
        (_, SignalKind.Counter) => "cps",
        _ => "",
    };
}
