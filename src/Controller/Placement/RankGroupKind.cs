namespace Forewarn.Controller.Placement;

/// <summary>What a group of ranks shares, and so who in it talks to whom.</summary>
public enum RankGroupKind : byte
{
    /// <summary>Parts of one tensor: all with all.</summary>
    Tensor,

    /// <summary>Experts: all with all.</summary>
    Expert,

    /// <summary>Parts of one sequence: all with all.</summary>
    Context,

    /// <summary>Stages of a pipeline: a chain.</summary>
    Pipeline,

    /// <summary>Replicas that sum gradients: a ring.</summary>
    Data,
}
