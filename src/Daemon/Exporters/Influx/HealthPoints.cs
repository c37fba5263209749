using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>What is judged of one device.</summary>
internal sealed class HealthPoints(DeviceTags tags)
{
    private readonly byte[][] _states = OneEach<HealthState>(tags, Measurements.DeviceHealthState, "state");
    private readonly byte[][] _work = OneEach<WorkAction>(tags, Measurements.DeviceWorkAction, "action");
    private readonly byte[][] _repair = OneEach<RepairAction>(tags, Measurements.DeviceRepairAction, "action");

    private readonly byte[][] _probability = Array.ConvertAll(
        new[] { "1h", "24h", "7d" }, horizon => tags.Series(Measurements.DeviceFailureProbability, [new("horizon", horizon)]));

    private readonly FindingPoints _findings = new((rule, severity) => tags.Series(Measurements.FindingActive, [rule, severity]));

    public void Write(Assessment? assessment, PointWriter points, DateTimeOffset now)
    {
        if (assessment is null) return;
        points.OneOf(_states, (int)assessment.State, now);
        points.OneOf(_work, (int)assessment.Actions.Work, now);
        points.OneOf(_repair, (int)assessment.Actions.Repair, now);
        points.Value(_probability[0], assessment.Probability.OneHour, now);
        points.Value(_probability[1], assessment.Probability.OneDay, now);
        points.Value(_probability[2], assessment.Probability.SevenDays, now);
        _findings.Write(assessment.Findings, points, now);
    }

    private static byte[][] OneEach<T>(DeviceTags tags, string measurement, string key) where T : struct, Enum
        => Array.ConvertAll(EnumLabels.Of<T>(), member => tags.Series(measurement, [new(key, member)]));
}
