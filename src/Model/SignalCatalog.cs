using System.Collections.Immutable;

namespace Forewarn.Model;

/// <summary>
/// The one table of what can be measured. Metrics, documentation and dashboards come from it; adding a signal is adding a row
/// (and its number in <see cref="SignalId"/>).
/// </summary>
public static partial class SignalCatalog
{
    private static readonly ImmutableArray<Signal> Rows = Build();

    /// <summary>Every signal; the row of a signal stands at the place of its number.</summary>
    public static ImmutableArray<Signal> All => Rows;

    /// <summary>The row of one signal.</summary>
    public static Signal Of(SignalId id) => Rows[(int)id];

    /// <summary>True when the number, which may have come out of a frame, has a row.</summary>
    public static bool Knows(int id) => (uint)id < (uint)Rows.Length;

    /// <summary>The families, each once, in the order of their first row.</summary>
    public static ImmutableArray<MetricFamily> Families { get; } = [.. Rows.Select(row => row.Family).Distinct()];

    private static ImmutableArray<Signal> Build()
    {
        Signal[] rows =
        [
            .. Thermal(), .. Fans(), .. Power(), .. Clocks(), .. Utilization(), .. Profiling(), .. Memory(), .. Ecc(), .. Repair(), .. Pcie(), .. Links(),
            .. LinkQuality(), .. LinkTraffic(), .. CoherentLinks(), .. Fabric(), .. Modes(),
        ];
        var ordered = new Signal[rows.Length];
        foreach (var row in rows) ordered[(int)row.Id] = row;
        return [.. ordered];
    }

    private static Signal Row(SignalId id, MetricFamily family, SampleGroup group) => new(id, family, group, null, []);

    private static Signal Row(SignalId id, MetricFamily family, SampleGroup group, string key, string value)
        => new(id, family, group, null, [new(key, value)]);

    private static Signal Row(
        SignalId id, MetricFamily family, SampleGroup group, string key1, string value1, string key2, string value2)
        => new(id, family, group, null, [new(key1, value1), new(key2, value2)]);
}
