using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal sealed partial class PrometheusRenderer
{
    private readonly byte[][] _nodeStates = Array.ConvertAll(
        EnumLabels.Of<HealthState>(), state => SelfCatalog.NodeHealthState.Series(new SignalLabel("state", state)));

    private readonly FindingSeries _nodeFindings = new((rule, severity) => SelfCatalog.NodeFindingActive.Series(rule, severity));
    private readonly byte[] _maintenance = SelfCatalog.NodeMaintenance.Series();
    private readonly EventSeries _events = new();

    private void WriteNodeHealth(ref ExpositionWriter writer)
    {
        var assessment = _view.Assessment;
        writer.Begin(SelfCatalog.NodeHealthState.Header);
        for (var i = 0; i < _nodeStates.Length && assessment is not null; i++) writer.Sample(_nodeStates[i], i == (int)assessment.State);
        writer.Begin(SelfCatalog.NodeFindingActive.Header);
        _nodeFindings.Write(assessment?.Findings ?? [], ref writer);
        writer.Begin(SelfCatalog.NodeMaintenance.Header);
        writer.Sample(_maintenance, assessment?.InMaintenance ?? false);
        writer.Begin(SelfCatalog.Events.Header);
        _events.Write(_view.Events, ref writer);
    }
}
