using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// The findings that stand, counted by rule and severity. Built anew when one came or went. What stood once is written as 0 from then on: a series that
/// merely ends would, to a query for the last value, stand for ever.
/// </summary>
internal sealed class FindingPoints(Func<SignalLabel, SignalLabel, byte[]> series)
{
    private static readonly string[] Severities = EnumLabels.Of<Severity>();

    private readonly Dictionary<(string Rule, Severity Severity), byte[]> _known = [];
    private ImmutableArray<Finding> _findings = [];
    private (byte[] Series, int Count)[] _counts = [];

    public void Write(ImmutableArray<Finding> findings, PointWriter points, DateTimeOffset now)
    {
        if (findings != _findings) _counts = Count(_findings = findings);
        foreach (var (name, count) in _counts) points.Value(name, count, now);
    }

    private (byte[], int)[] Count(ImmutableArray<Finding> findings)
    {
        var active = findings.Where(finding => finding is { IsObserved: false, PartOf.Length: 0 }).CountBy(finding => (finding.Rule, finding.Severity)).ToDictionary();
        foreach (var key in active.Keys) _known.TryAdd(key, series(new("rule", key.Rule), new("severity", Severities[(int)key.Severity])));
        return [.. _known.Select(one => (one.Value, active.GetValueOrDefault(one.Key)))];
    }
}
