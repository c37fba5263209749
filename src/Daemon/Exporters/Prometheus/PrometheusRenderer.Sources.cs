using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal sealed partial class PrometheusRenderer
{
    private static void WriteSources(ref ExpositionWriter writer, ReadOnlySpan<SourceSeries> sources)
    {
        writer.Begin(SelfCatalog.DevicesExpected.Header);
        foreach (var source in sources) writer.Sample(source.Expected, source.View.Expected);
        writer.Begin(SelfCatalog.DevicesFound.Header);
        foreach (var source in sources) writer.Sample(source.Found, source.View.Found);
        writer.Begin(SelfCatalog.SourceInfo.Header);
        foreach (var source in sources) source.WriteInfo(ref writer);
        writer.Begin(SelfCatalog.SourceUp.Header);
        foreach (var source in sources) writer.Sample(source.Up, source.State == SourceState.Running);
        writer.Begin(SelfCatalog.SourceState.Header);
        foreach (var source in sources) source.WriteStates(ref writer);
        writer.Begin(SelfCatalog.SourceSweepDuration.Header);
        foreach (var source in sources) source.WriteSweeps(ref writer);
        writer.Begin(SelfCatalog.SourceCallSeconds.Header);
        foreach (var source in sources) source.WriteCallSeconds(ref writer);
        writer.Begin(SelfCatalog.SourceCalls.Header);
        foreach (var source in sources) source.WriteCalls(ref writer);
        writer.Begin(SelfCatalog.SourceLastSuccess.Header);
        foreach (var source in sources) source.WriteLastSuccess(ref writer);
        WriteSourceCounters(ref writer, sources);
    }

    private static void WriteSourceCounters(ref ExpositionWriter writer, ReadOnlySpan<SourceSeries> sources)
    {
        writer.Begin(SelfCatalog.SourceStalls.Header);
        foreach (var source in sources) writer.Sample(source.Stalls, source.View.Stalls);
        writer.Begin(SelfCatalog.SourceRestarts.Header);
        foreach (var source in sources) writer.Sample(source.Restarts, source.View.Restarts);
        writer.Begin(SelfCatalog.SourceAbandonedProcesses.Header);
        foreach (var source in sources) writer.Sample(source.Abandoned, source.View.AbandonedProcesses);
        writer.Begin(SelfCatalog.SourceSkippedSweeps.Header);
        foreach (var source in sources) writer.Sample(source.SkippedSweeps, source.View.SkippedSweeps);
        writer.Begin(SelfCatalog.SourceRefusedFrames.Header);
        foreach (var source in sources) writer.Sample(source.RefusedFrames, source.View.RefusedFrames);
    }
}
