using System.Collections.Immutable;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Reports;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Coordination;

/// <summary>What the agents are to put before their jobs.</summary>
public static class CheckpointOrders
{
    /// <summary>The requests by node; a node without one is not there.</summary>
    public static ImmutableDictionary<string, ImmutableArray<CheckpointOrder>> Of(ControllerState state, ClusterSight cluster, RecoveryTimes times, DateTimeOffset now)
    {
        var orders = state.Moves.Where(move => move is { IsAsking: true, AskedAt: not null }).Select(move => Of(move, times))
            .Concat(state.Asks.Values.Where(ask => ask.Until > now && state.MoveOf(ask.Job) is null).Select(Of));
        orders = orders.Concat(state.Decisions.Values.Where(decision => IsTold(decision, state, cluster)).Select(decision => Of(decision, state)));
        return orders.SelectMany(order => (cluster.Job(order.Job)?.Nodes ?? []).Select(node => (node.Name, Order: order)))
            .GroupBy(pair => pair.Name, pair => pair.Order, StringComparer.Ordinal)
            .ToImmutableDictionary(group => group.Key, group => group.DistinctBy(order => order.Job).OrderBy(order => order.Job, StringComparer.Ordinal).ToImmutableArray());
    }

    // Who declared no way to be asked is told as well, where we would do more than look on: it may save by itself while a person thinks it over, or under the drain.
    private static bool IsTold(DecisionRecord decision, ControllerState state, ClusterSight cluster)
        => decision is { Verdict: Verdict.AwaitsApproval or Verdict.Drained or Verdict.AwaitsCheckpoint or Verdict.Moving, Decision.Chosen: not Alternative.Nothing }
            && state.Incidents.GetValueOrDefault(decision.Incident) is { IsOpen: true }
            && cluster.Job(decision.Job) is { Contract.AnswersRequests: false } job && decision.Nodes.Any(job.IsOn);

    // No answer is awaited: the request is over when it is made.
    private static CheckpointOrder Of(DecisionRecord decision, ControllerState state)
    {
        var (at, nodes) = (state.Incidents[decision.Incident].Opened, string.Join(", ", decision.Nodes));
        return new(decision.Job, decision.Incident, at, at, decision.Verdict switch
        {
            Verdict.AwaitsApproval => $"{nodes} may fail: the job stays as it is until somebody approves more",
            Verdict.Drained => $"{nodes} may fail: the job runs on there to its end",
            Verdict.AwaitsCheckpoint => $"{nodes} may fail: the job is moved when it has written its next checkpoint",
            _ => $"the job is moved off {nodes}",
        });
    }

    private static CheckpointOrder Of(JobRecovery move, RecoveryTimes times)
    {
        var until = move.StepSince + times.CheckpointOf(move.Contract);
        return new(move.Job, move.Incident, move.AskedAt!.Value, until, $"the job is moved off {string.Join(", ", move.Targets)}");
    }

    private static CheckpointOrder Of(CheckpointAsk ask) => new(ask.Job, ask.Incident, ask.At, ask.Until, "a node of the job may fail; the job stays where it is");
}
