namespace Forewarn.Predict.Catalogs;

/// <summary>What NVIDIA's Xid catalogue says to do at once ("Resolution Bucket, Immediate Action"), in its own words.</summary>
public enum Bucket : byte
{
    /// <summary>Nothing is published.</summary>
    Unpublished,

    /// <summary>IGNORE.</summary>
    Ignore,

    /// <summary>CONTACT_SUPPORT, of codes that are in no use any more.</summary>
    ContactSupport,

    /// <summary>RESTART_APP.</summary>
    RestartApp,

    /// <summary>RESTART_VM.</summary>
    RestartVm,

    /// <summary>UPDATE_SWFW.</summary>
    UpdateSoftware,

    /// <summary>CHECK_MECHANICALS: seating and connectors.</summary>
    CheckMechanicals,

    /// <summary>CHECK_UVM: reset where unified memory or vGPU is in use, else nothing.</summary>
    CheckUvm,

    /// <summary>RESET_GPU.</summary>
    ResetGpu,

    /// <summary>RESTART_BM: the node.</summary>
    RestartNode,

    /// <summary>WORKFLOW_…: the text, the registers or what came with it decides; there is a rule of its own for it.</summary>
    Workflow,
}
