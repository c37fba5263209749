using Forewarn.Controller.Decisions;

namespace Forewarn.Controller.Guards;

/// <summary>A node that others drained is theirs: its jobs are not touched by us.</summary>
public sealed class ForeignDrainGuard : IGuard
{
    /// <summary>What our own reasons begin with.</summary>
    public const string Mark = "forewarn";

    /// <inheritdoc/>
    public string Name => "foreign-drain";

    /// <inheritdoc/>
    public string? Refuse(Proposal proposal, GuardView view)
        => proposal.Alternative != Alternative.Nothing && !proposal.IsApproved && view.Cluster!.Node(proposal.Incident.Node) is { IsOut: true, Reason: { Length: > 0 } reason } node
            && !reason.StartsWith(Mark, StringComparison.Ordinal) ? $"{node.Name} was drained by others: {reason}" : null;
}
