using System.Collections.Immutable;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal sealed partial class PrometheusRenderer
{
    private static readonly ImmutableArray<FamilyWriter<SourceSeries>> SourceFamilies =
    [
        new(SelfCatalog.DevicesExpected, static (source, ref writer) => writer.Sample(source.Expected, source.View.Expected)),
        new(SelfCatalog.DevicesFound, static (source, ref writer) => writer.Sample(source.Found, source.View.Found)),
        new(SelfCatalog.SourceInfo, static (source, ref writer) => source.WriteInfo(ref writer)),
        new(SelfCatalog.SourceUp, static (source, ref writer) => writer.Sample(source.Up, source.State == SourceState.Running)),
        new(SelfCatalog.SourceState, static (source, ref writer) => source.WriteStates(ref writer)),
        new(SelfCatalog.SourceSweepDuration, static (source, ref writer) => source.WriteSweeps(ref writer)),
        new(SelfCatalog.SourceCallSeconds, static (source, ref writer) => source.WriteCallSeconds(ref writer)),
        new(SelfCatalog.SourceCalls, static (source, ref writer) => source.WriteCalls(ref writer)),
        new(SelfCatalog.SourceLastSuccess, static (source, ref writer) => source.WriteLastSuccess(ref writer)),
        new(SelfCatalog.SourceStalls, static (source, ref writer) => writer.Sample(source.Stalls, source.View.Stalls)),
        new(SelfCatalog.SourceRestarts, static (source, ref writer) => writer.Sample(source.Restarts, source.View.Restarts)),
        new(SelfCatalog.SourceAbandonedProcesses, static (source, ref writer) => writer.Sample(source.Abandoned, source.View.AbandonedProcesses)),
        new(SelfCatalog.SourceSkippedSweeps, static (source, ref writer) => writer.Sample(source.SkippedSweeps, source.View.SkippedSweeps)),
        new(SelfCatalog.SourceRefusedFrames, static (source, ref writer) => writer.Sample(source.RefusedFrames, source.View.RefusedFrames)),
    ];
}
