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
    private (byte[] Series, long Count)[] _counts = [];

    public void Write(EventCounts events, ref ExpositionWriter writer)
    {
        var all = events.All;
        if (!ReferenceEquals(all, _known)) _counts = [.. all.Select(one => (Series(one.Key.Kind, one.Key.Code), one.Value))];
        _known = all;
        foreach (var (series, count) in _counts) writer.Sample(series, count);
    }

    private static byte[] Series(HealthEventKind kind, long code) => SelfCatalog.Events.Series(
        new SignalLabel("kind", Kinds[(int)kind]),
        new SignalLabel("code", code == EventCounts.Other ? "other" : code == 0 ? "" : code.ToString(CultureInfo.InvariantCulture)));
}
