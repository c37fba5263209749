using Forewarn.Controller.Decisions;

namespace Forewarn.Controller.Guards;

/// <summary>A node that others drained is theirs: its jobs are not touched by us.</summary>
public sealed class ForeignDrainGuard : IGuard
{
    /// <summary>What our own reasons begin with; a person who writes of us writes no bracket behind it.</summary>
    public const string Mark = "forewarn[";

    // What the agents write where a site lets them drain.
    private const string AgentsMark = "forewarn: ";

    /// <inheritdoc/>
    public string Name => "foreign-drain";

    /// <summary>The node was drained by us, or by its agent.</summary>
    public static bool IsOurs(string reason) => reason.StartsWith(Mark, StringComparison.Ordinal) || reason.StartsWith(AgentsMark, StringComparison.Ordinal);

    /// <inheritdoc/>
    public string? Refuse(Proposal proposal, GuardView view)
        => proposal.Alternative != Alternative.Nothing && !proposal.IsApproved && view.Cluster!.Node(proposal.Incident.Node) is { IsOut: true, Reason: { Length: > 0 } reason } node
            && !IsOurs(reason) ? $"{node.Name} was drained by others: {reason}" : null;
}
