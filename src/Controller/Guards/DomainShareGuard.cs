using Forewarn.Controller.Decisions;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Guards;

/// <summary>The same for each leaf and scale-up domain: half a leaf that goes at once is the leaf's trouble.</summary>
internal sealed class DomainShareGuard : IGuard
{
    public string Name => "domain-share";

    public string? Refuse(Proposal proposal, GuardView view)
    {
        if (proposal.Alternative == Alternative.Nothing || view.Cluster!.Node(proposal.Incident.Node) is { IsOut: true }) return null;
        foreach (var domain in view.Domains(proposal.Incident.Node))
        {
            var all = domain.Nodes.Select(view.Cluster.Node).OfType<ClusterNode>().ToList();
            var most = Math.Max(1, (int)(all.Count * view.Settings.MaxDrainedShareOfDomain));
            if (all.Count(node => node.IsOut) is var away && away >= most) return FormattableString.Invariant($"{away} of {all.Count} nodes of {domain.Name} are out of service, and {most} may be");
        }

        return null;
    }
}
