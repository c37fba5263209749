using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal sealed partial class PrometheusRenderer
{
    private readonly byte[] _kernelLogUp = SelfCatalog.KernelLogUp.Series();
    private readonly byte[] _kernelLogRecords = SelfCatalog.KernelLogRecords.Series();
    private readonly byte[] _kernelLogNotUnderstood = SelfCatalog.KernelLogNotUnderstood.Series();
    private readonly byte[] _kernelLogOverruns = SelfCatalog.KernelLogOverruns.Series();
    private readonly byte[] _kernelLogLost = SelfCatalog.KernelLogLost.Series();
    private readonly byte[] _kernelLogLag = SelfCatalog.KernelLogLag.Series();

    private readonly byte[][] _kernelLogRefused = Array.ConvertAll(
        EnumLabels.Of<KernelLogFault>(), reason => SelfCatalog.KernelLogRefused.Series(new SignalLabel("reason", reason)));

    private void WriteKernelLog(ref ExpositionWriter writer)
    {
        if (_view.KernelLog is not { } log) return;
        writer.Begin(SelfCatalog.KernelLogUp.Header);
        writer.Sample(_kernelLogUp, log.Status.State == SourceState.Running);
        writer.Begin(SelfCatalog.KernelLogRecords.Header);
        writer.Sample(_kernelLogRecords, log.Records);
        writer.Begin(SelfCatalog.KernelLogRefused.Header);
        for (var reason = 0; reason < _kernelLogRefused.Length; reason++)
        {
            if (log.Refused((KernelLogFault)reason) is > 0 and var records) writer.Sample(_kernelLogRefused[reason], records);
        }

        writer.Begin(SelfCatalog.KernelLogNotUnderstood.Header);
        writer.Sample(_kernelLogNotUnderstood, log.NotUnderstood);
        writer.Begin(SelfCatalog.KernelLogOverruns.Header);
        writer.Sample(_kernelLogOverruns, log.Overruns);
        writer.Begin(SelfCatalog.KernelLogLost.Header);
        writer.Sample(_kernelLogLost, log.Lost);
        writer.Begin(SelfCatalog.KernelLogLag.Header);
        writer.Sample(_kernelLogLag, log.Lag.TotalSeconds);
    }
}
