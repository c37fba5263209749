using Forewarn.Controller.Coordination;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>Turns what is known of jobs into the figures of an advice.</summary>
internal static class AdviceAnswers
{
    /// <param name="sight">All that is known.</param>
    /// <param name="id">One job; null for all that run.</param>
    /// <param name="times">What holds where a job declares nothing.</param>
    /// <param name="checkpoints">What is known of a job's checkpoints.</param>
    /// <returns>Null where the job is not known.</returns>
    public static AdviceAnswer? Of(WholeSight sight, string? id, SiteTimes times, Func<string, CheckpointSight> checkpoints)
    {
        var jobs = (sight.Cluster?.Jobs.Values ?? []).Where(job => id is null ? job.Phase == JobPhase.Running : job.Id == id).ToList();
        if (id is not null && jobs.Count == 0) return null;
        var failures = FleetFailures.Of(sight.Work, sight.Names.Count(), sight.Now);
        return new()
        {
            Simulated = sight.IsSimulated,
            Time = sight.Now,
            Failures = failures.Count,
            NodeDays = failures.NodeDays,
            Jobs = [.. jobs.OrderBy(static job => job.Id.Length).ThenBy(static job => job.Id, StringComparer.Ordinal).Select(job => Of(job, times, checkpoints(job.Id)))],
        };
    }

    private static JobFigures Of(ClusterJob job, SiteTimes times, CheckpointSight checkpoints)
    {
        var (contract, interval) = (job.Contract, job.Contract.Interval ?? checkpoints.Interval);
        return new()
        {
            Id = job.Id,
            User = job.User,
            NodeCount = Math.Max(1, job.Nodes.Length),
            Cards = job.Cards,
            CostSeconds = (contract.CheckpointCost ?? times.Checkpoint).TotalSeconds,
            CostSource = contract.CheckpointCost is null ? FigureSource.Setting : FigureSource.Declared,
            RestartSeconds = (times.Stop + times.Requeue + (contract.LoadCost ?? times.Load)).TotalSeconds,
            RestartSource = contract.LoadCost is null ? FigureSource.Setting : FigureSource.Declared,
            IntervalSeconds = interval?.TotalSeconds,
            IntervalSource = interval is null ? null : contract.Interval is null ? FigureSource.Observed : FigureSource.Declared,
            Site = contract.Site.Length > 0 ? contract.Site : null,
        };
    }
}
