using System.Collections.Immutable;
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
        return orders.SelectMany(order => (cluster.Job(order.Job)?.Nodes ?? []).Select(node => (node.Name, Order: order)))
            .GroupBy(pair => pair.Name, pair => pair.Order, StringComparer.Ordinal)
            .ToImmutableDictionary(group => group.Key, group => group.OrderBy(order => order.Job, StringComparer.Ordinal).ToImmutableArray());
    }

    private static CheckpointOrder Of(JobRecovery move, RecoveryTimes times)
    {
        var until = move.StepSince + times.CheckpointOf(move.Contract);
        return new(move.Job, move.Incident, move.AskedAt!.Value, until, $"the job is moved off {string.Join(", ", move.Targets)}");
    }

    private static CheckpointOrder Of(CheckpointAsk ask) => new(ask.Job, ask.Incident, ask.At, ask.Until, "a node of the job may fail; the job stays where it is");
}
