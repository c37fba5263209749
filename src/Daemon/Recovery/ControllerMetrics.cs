using System.Collections.Concurrent;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Recovery;
using Forewarn.Daemon.Exporters;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Model;

namespace Forewarn.Daemon.Recovery;

/// <summary>What came of the controller's work, in its <c>/metrics</c>.</summary>
internal sealed class ControllerMetrics(RecoveryHost host, FleetEventEndpoints streams)
{
    private static readonly double[] Shares = [0.5, 0.9, 0.99];
    private static readonly byte[][] Outcomes = Labelled(ControllerCatalog.Incidents, "outcome", EnumLabels.Of<IncidentOutcome>());
    private static readonly string[] StepNames = EnumLabels.Of<RecoveryStep>()[..(int)RecoveryStep.Closed];
    private static readonly byte[][] Steps = Labelled(ControllerCatalog.Steps, "step", StepNames);
    private static readonly byte[][] StepSeconds = Labelled(ControllerCatalog.StepSeconds, "step", StepNames);
    private static readonly byte[][] Quantiles = Labelled(ControllerCatalog.Recovery, "quantile", ["0.5", "0.9", "0.99"]);
    private static readonly byte[] RecoverySum = SeriesName.Encode(ControllerCatalog.Recovery.Name + "_sum");
    private static readonly byte[] RecoveryCount = SeriesName.Encode(ControllerCatalog.Recovery.Name + "_count");
    private static readonly byte[][] Saved = Labelled(ControllerCatalog.Saved, "kind", ["estimated", "observed"]);
    private static readonly byte[] AuditLines = ControllerCatalog.AuditLines.Series();
    private static readonly byte[] AuditLost = ControllerCatalog.AuditLost.Series();
    private static readonly byte[] Following = ControllerCatalog.Following.Series();
    private static readonly byte[] Cut = ControllerCatalog.Cut.Series();

    // A cluster has some dozen, and they seldom change their names.
    private readonly ConcurrentDictionary<string, (byte[] Share, byte[] Limit, byte[] Breaker)> _partitions = new(StringComparer.Ordinal);

    public void Render(ref ExpositionWriter writer)
    {
        var tally = host.Tally;
        writer.Begin(ControllerCatalog.Incidents.Header);
        for (var i = 0; i < Outcomes.Length; i++) writer.Sample(Outcomes[i], tally.Incidents((IncidentOutcome)i));
        writer.Begin(ControllerCatalog.Steps.Header);
        for (var i = 0; i < Steps.Length; i++) writer.Sample(Steps[i], tally.Step((RecoveryStep)i).Count);
        writer.Begin(ControllerCatalog.StepSeconds.Header);
        for (var i = 0; i < StepSeconds.Length; i++) writer.Sample(StepSeconds[i], tally.Step((RecoveryStep)i).Time.TotalSeconds);
        var (count, seconds, quantiles) = tally.Recoveries(Shares);
        writer.Begin(ControllerCatalog.Recovery.Header);
        for (var i = 0; i < quantiles.Length && count > 0; i++) writer.Sample(Quantiles[i], quantiles[i]);
        writer.Sample(RecoverySum, seconds);
        writer.Sample(RecoveryCount, count);
        Partitions(ref writer);
        writer.Begin(ControllerCatalog.Saved.Header);
        var (estimated, observed) = tally.SavedGpuHours;
        writer.Sample(Saved[0], estimated);
        writer.Sample(Saved[1], observed);
        writer.Begin(ControllerCatalog.AuditLines.Header);
        writer.Sample(AuditLines, host.Audit.Written);
        writer.Begin(ControllerCatalog.AuditLost.Header);
        writer.Sample(AuditLost, host.Audit.Lost);
        writer.Begin(ControllerCatalog.Following.Header);
        writer.Sample(Following, (long)streams.Following);
        writer.Begin(ControllerCatalog.Cut.Header);
        writer.Sample(Cut, streams.Cut);
    }

    private void Partitions(ref ExpositionWriter writer)
    {
        if (host.Runner.Sight is not { } sight) return;
        var shares = PartitionShare.Each(sight, host.Settings.Guards);
        writer.Begin(ControllerCatalog.DrainedShare.Header);
        foreach (var one in shares) writer.Sample(Series(one.Partition).Share, one.Share);
        writer.Begin(ControllerCatalog.DrainedLimit.Header);
        foreach (var one in shares) writer.Sample(Series(one.Partition).Limit, Math.Min(1, (double)one.Most / one.Nodes));
        writer.Begin(ControllerCatalog.BreakerOpen.Header);
        foreach (var one in shares) writer.Sample(Series(one.Partition).Breaker, one.IsFull ? 1L : 0L);
    }

    private (byte[] Share, byte[] Limit, byte[] Breaker) Series(string partition) => _partitions.GetOrAdd(partition, static name =>
    {
        var label = new SignalLabel("partition", name);
        return (ControllerCatalog.DrainedShare.Series(label), ControllerCatalog.DrainedLimit.Series(label), ControllerCatalog.BreakerOpen.Series(label));
    });

    private static byte[][] Labelled(SelfFamily family, string label, string[] values) => Array.ConvertAll(values, value => family.Series(new SignalLabel(label, value)));
}
