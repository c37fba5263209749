using Forewarn.Controller.Decisions;

namespace Forewarn.Controller.Guards;

/// <summary>Enough of a partition stays in service, whoever took the rest out.</summary>
internal sealed class DrainedShareGuard : IGuard
{
    public string Name => "drained-share";

    public string? Refuse(Proposal proposal, GuardView view)
    {
        if (proposal.Alternative == Alternative.Nothing || view.Cluster!.Node(proposal.Incident.Node) is { IsOut: true }) return null;
        var all = view.Cluster.Nodes.Values.Where(node => node.Partitions.Contains(proposal.Partition)).ToList();
        var most = Math.Max(view.Settings.AlwaysDrainable, (int)(all.Count * view.Settings.MaxDrainedShare));
        return all.Count(node => node.IsOut) is var away && away < most ? null
            : FormattableString.Invariant($"{away} of {all.Count} nodes of partition {proposal.Partition} are out of service, and {most} may be");
    }
}
