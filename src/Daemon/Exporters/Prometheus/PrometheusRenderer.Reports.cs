namespace Forewarn.Daemon.Exporters.Prometheus;

internal sealed partial class PrometheusRenderer
{
    private readonly byte[] _reportsUp = SelfCatalog.ReportsUp.Series();
    private readonly byte[] _reportsTaken = SelfCatalog.ReportsTaken.Series();
    private readonly byte[] _reportsFailed = SelfCatalog.ReportsFailed.Series();
    private readonly byte[] _reportsWaiting = SelfCatalog.ReportsWaiting.Series();
    private readonly byte[] _reportsLastSuccess = SelfCatalog.ReportsLastSuccess.Series();
    private readonly HistogramSeries _reportDurations = new(SelfCatalog.ReportDurations);
    private readonly byte[] _checkpointRequests = SelfCatalog.CheckpointRequests.Series();
    private readonly byte[] _refusedRequests = SelfCatalog.RefusedRequests.Series();

    private void WriteReports(ref ExpositionWriter writer)
    {
        if (_view.Reporting is not { } reporting) return;
        writer.Begin(SelfCatalog.ReportsUp.Header);
        writer.Sample(_reportsUp, reporting.Trouble is null);
        writer.Begin(SelfCatalog.ReportsTaken.Header);
        writer.Sample(_reportsTaken, reporting.Taken);
        writer.Begin(SelfCatalog.ReportsFailed.Header);
        writer.Sample(_reportsFailed, reporting.Failed);
        writer.Begin(SelfCatalog.ReportsWaiting.Header);
        writer.Sample(_reportsWaiting, reporting.Waiting);
        writer.Begin(SelfCatalog.ReportsLastSuccess.Header);
        if (reporting.LastSuccess != default) writer.Sample(_reportsLastSuccess, UnixTime.Seconds(reporting.LastSuccess));
        writer.Begin(SelfCatalog.ReportDurations.Header);
        _reportDurations.Write(reporting.Durations, ref writer);
        writer.Begin(SelfCatalog.CheckpointRequests.Header);
        writer.Sample(_checkpointRequests, reporting.Requests);
        writer.Begin(SelfCatalog.RefusedRequests.Header);
        writer.Sample(_refusedRequests, reporting.RefusedOrders);
    }
}
