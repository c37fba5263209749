using Forewarn.Controller.Decisions;

namespace Forewarn.Controller.Guards;

/// <summary>Enough of a partition stays in service, whoever took the rest out.</summary>
internal sealed class DrainedShareGuard : IGuard
{
    public string Name => "drained-share";

    public string? Refuse(Proposal proposal, GuardView view)
    {
        if (proposal.Alternative == Alternative.Nothing || view.Cluster!.Node(proposal.Incident.Node) is { IsOut: true }) return null;
        var share = view.Shares?.Invoke(proposal.Partition) ?? PartitionShare.Of(view.Cluster, proposal.Partition, view.Settings);
        return !share.IsFull ? null : FormattableString.Invariant($"{share.Out} of {share.Nodes} nodes of partition {share.Partition} are out of service, and {share.Most} may be");
    }
}
