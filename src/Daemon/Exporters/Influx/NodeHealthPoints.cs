using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>What is judged of the node itself, whether somebody works at it, and how many events there were.</summary>
internal sealed class NodeHealthPoints(SignalLabel node)
{
    private static readonly string[] Kinds = EnumLabels.Of<HealthEventKind>();

    private readonly byte[] _maintenance = LineProtocol.Series(Measurements.NodeMaintenance, [node]);
    private readonly byte[][] _states = Array.ConvertAll(
        EnumLabels.Of<HealthState>(), state => LineProtocol.Series(Measurements.NodeHealthState, [node, new("state", state)]));

    private readonly FindingPoints _findings = new((rule, severity) => LineProtocol.Series(Measurements.NodeFindingActive, [node, rule, severity]));
    private readonly Dictionary<(HealthEventKind Kind, long Code), byte[]> _events = [];
    private ImmutableSortedDictionary<(HealthEventKind Kind, long Code), long> _told = ImmutableSortedDictionary<(HealthEventKind, long), long>.Empty;
    private (byte[] Series, long Count)[] _counts = [];

    public void Write(NodeView view, PointWriter points, DateTimeOffset now)
    {
        if (view.Assessment is { } assessment)
        {
            points.OneOf(_states, (int)assessment.State, now);
            _findings.Write(assessment.Findings, points, now);
        }

        points.Value(_maintenance, view.Assessment?.InMaintenance == true ? 1 : 0, now);
        var all = view.Events.All;
        if (!ReferenceEquals(all, _told)) _counts = [.. (_told = all).Select(one => (SeriesOf(one.Key), one.Value))];
        foreach (var (series, count) in _counts) points.Value(series, count, now);
    }

    private byte[] SeriesOf((HealthEventKind Kind, long Code) key)
    {
        if (_events.TryGetValue(key, out var known)) return known;
        var code = key.Code == EventCounts.Other ? "other" : key.Code == 0 ? "" : key.Code.ToString(CultureInfo.InvariantCulture);
        return _events[key] = LineProtocol.Series(Measurements.Events, [node, new("kind", Kinds[(int)key.Kind]), new("code", code)]);
    }
}
