namespace Forewarn.Controller.Repair;

/// <summary>How the repair of a node ended.</summary>
public enum RepairOutcome : byte
{
    /// <summary>It has not.</summary>
    Open,

    /// <summary>The node is back in service and has stood its probation.</summary>
    Returned,

    /// <summary>A person put the node back into service, or drained it for other reasons: that is an order.</summary>
    Overruled,

    /// <summary>In its probation something of another kind befell it, which is a trouble of its own.</summary>
    OtherTrouble,

    /// <summary>Its trouble was closed otherwise: the node is gone for good.</summary>
    Gone,
}
