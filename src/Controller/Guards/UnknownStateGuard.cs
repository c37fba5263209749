using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Guards;

/// <summary>Unknown is no reason to act: a silent agent, or a word of the scheduler that we do not know. A node that both have lost is gone.</summary>
internal sealed class UnknownStateGuard : IGuard
{
    public string Name => "unknown-state";

    public string? Refuse(Proposal proposal, GuardView view)
    {
        var node = view.Cluster!.Node(proposal.Incident.Node);
        if (node is null) return $"the scheduler knows no node {proposal.Incident.Node}";
        if (node.Phase == NodePhase.Unknown) return $"the scheduler's word for the state of {node.Name} is not known";
        if (node.Phase == NodePhase.Maintenance) return $"{node.Name} is in maintenance";
        var isGone = view.SilentNodes.Contains(node.Name) && node.Phase == NodePhase.Down;
        return proposal.Incident.State == HealthState.Unknown && !isGone ? $"nobody can say how {node.Name} is: its agent is silent, and the scheduler has not given it up" : null;
    }
}
