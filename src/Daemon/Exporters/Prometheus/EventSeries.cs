using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>How many events there were, a series for each kind and code.</summary>
internal sealed class EventSeries
{
    private static readonly string[] Kinds = EnumLabels.Of<HealthEventKind>();

    private ImmutableSortedDictionary<(HealthEventKind Kind, long Code), long> _known = ImmutableSortedDictionary<(HealthEventKind, long), long>.Empty;
    private readonly Dictionary<(HealthEventKind Kind, long Code), byte[]> _names = [];
    private (byte[] Series, long Count)[] _counts = [];

    public void Write(EventCounts events, ref ExpositionWriter writer)
    {
        var all = events.All;
        if (!ReferenceEquals(all, _known)) _counts = [.. all.Select(one => (Series(one.Key), one.Value))];
        _known = all;
        foreach (var (series, count) in _counts) writer.Sample(series, count);
    }

    // In a storm the counts change from scrape to scrape, the names do not.
    private byte[] Series((HealthEventKind Kind, long Code) key)
    {
        if (_names.TryGetValue(key, out var known)) return known;
        var code = key.Code == EventCounts.Other ? "other" : key.Code == 0 ? "" : key.Code.ToString(CultureInfo.InvariantCulture);
        return _names[key] = SelfCatalog.Events.Series(new SignalLabel("kind", Kinds[(int)key.Kind]), new SignalLabel("code", code));
    }
}
