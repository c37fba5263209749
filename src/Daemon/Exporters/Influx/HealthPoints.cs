using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>What is judged of one device. Built anew when a finding came or went.</summary>
internal sealed class HealthPoints(DeviceTags tags)
{
    private static readonly string[] Severities = EnumLabels.Of<Severity>();

    private readonly byte[][] _states = Array.ConvertAll(
        EnumLabels.Of<HealthState>(), state => tags.Series(Measurements.DeviceHealthState, [new("state", state)]));

    private readonly byte[][] _probability = Array.ConvertAll(
        new[] { "1h", "24h", "7d" }, horizon => tags.Series(Measurements.DeviceFailureProbability, [new("horizon", horizon)]));

    private ImmutableArray<Finding> _findings = [];
    private (byte[] Series, int Count)[] _active = [];

    public void Write(Assessment? assessment, PointWriter points, DateTimeOffset now)
    {
        if (assessment is null) return;
        for (var i = 0; i < _states.Length; i++) points.Value(_states[i], i == (int)assessment.State ? 1 : 0, now);
        points.Value(_probability[0], assessment.Probability.OneHour, now);
        points.Value(_probability[1], assessment.Probability.OneDay, now);
        points.Value(_probability[2], assessment.Probability.SevenDays, now);
        if (assessment.Findings != _findings) _active = Active(_findings = assessment.Findings);
        foreach (var (series, count) in _active) points.Value(series, count, now);
    }

    private (byte[], int)[] Active(ImmutableArray<Finding> findings) =>
    [
        .. findings.Where(finding => finding is { IsObserved: false, PartOf.Length: 0 })
            .GroupBy(finding => (finding.Rule, finding.Severity))
            .Select(alike => (tags.Series(Measurements.FindingActive, [new("rule", alike.Key.Rule), new("severity", Severities[(int)alike.Key.Severity])]), alike.Count())),
    ];
}
