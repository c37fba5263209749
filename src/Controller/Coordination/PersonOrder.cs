using Forewarn.Controller.Decisions;

namespace Forewarn.Controller.Coordination;

/// <summary>What a person may order.</summary>
public enum OrderKind : byte
{
    /// <summary>Do what was decided for this job, or this node.</summary>
    Approve,

    /// <summary>Do not.</summary>
    Reject,

    /// <summary>Keep off this node.</summary>
    Hold,

    /// <summary>The node is ours to act on again.</summary>
    Unhold,

    /// <summary>Repair the node as was proposed.</summary>
    ApproveRepair,

    /// <summary>Do not: it is for people.</summary>
    RejectRepair,

    /// <summary>Give the node back to its scheduler, whatever its repair has come to.</summary>
    Return,
}

/// <summary>An order of a person. Of several about the same thing the last counts.</summary>
/// <param name="Kind">What.</param>
/// <param name="Who">By whom.</param>
/// <param name="Why">In the person's words.</param>
/// <param name="Incident">Of which trouble, where a decision is meant; 0 where a node is.</param>
/// <param name="Job">For which job; empty where the node alone was in question.</param>
/// <param name="Node">Which node, where one is meant.</param>
public sealed record PersonOrder(OrderKind Kind, string Who, string Why, long Incident = 0, string Job = "", string Node = "")
{
    /// <summary>What had been decided when it was given, and is therefore what it speaks of: with nothing to choose, to drain the node.</summary>
    public Alternative Of { get; init; } = Alternative.DrainAndLetEnd;

    /// <summary>It approves this: what it speaks of, and what the job notices less. To move now is how a move at the next checkpoint goes on.</summary>
    public bool Allows(Alternative alternative)
        => Kind == OrderKind.Approve && (alternative <= Of || (alternative == Alternative.MoveNow && Of == Alternative.MoveAtNextCheckpoint));
}
