using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>What is judged of one device. Nothing is told before it was judged for the first time.</summary>
internal sealed class AssessmentSeries(DeviceLabels labels)
{
    private readonly byte[][] _states = labels.SeriesPerMember<HealthState>(SelfCatalog.DeviceHealthState.Name, "state");
    private readonly byte[][] _work = labels.SeriesPerMember<WorkAction>(SelfCatalog.DeviceWorkAction.Name, "action");
    private readonly byte[][] _repair = labels.SeriesPerMember<RepairAction>(SelfCatalog.DeviceRepairAction.Name, "action");
    private readonly byte[][] _probability =
        Array.ConvertAll(SelfCatalog.Horizons, horizon => labels.Series(SelfCatalog.DeviceFailureProbability.Name, new SignalLabel("horizon", horizon)));

    private readonly FindingSeries _findings = new((rule, severity) => labels.Series(SelfCatalog.FindingActive.Name, rule, severity));
    private Assessment? _now;

    public void Take(Assessment? assessment) => _now = assessment;

    public void WriteStates(ref ExpositionWriter writer) => WriteOneOf(_states, (int?)_now?.State, ref writer);

    public void WriteWork(ref ExpositionWriter writer) => WriteOneOf(_work, (int?)_now?.Actions.Work, ref writer);

    public void WriteRepair(ref ExpositionWriter writer) => WriteOneOf(_repair, (int?)_now?.Actions.Repair, ref writer);

    public void WriteProbability(ref ExpositionWriter writer)
    {
        if (_now is null) return;
        writer.Sample(_probability[0], _now.Probability.OneHour);
        writer.Sample(_probability[1], _now.Probability.OneDay);
        writer.Sample(_probability[2], _now.Probability.SevenDays);
    }

    public void WriteFindings(ref ExpositionWriter writer) => _findings.Write(_now?.Findings ?? [], ref writer);

    private static void WriteOneOf(byte[][] series, int? member, ref ExpositionWriter writer)
    {
        if (member is null) return;
        for (var i = 0; i < series.Length; i++) writer.Sample(series[i], i == member);
    }
}
