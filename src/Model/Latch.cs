namespace Forewarn.Model;

/// <summary>What must have happened before a finding may be cleared, beside the evidence being gone.</summary>
public enum Latch : byte
{
    /// <summary>Nothing: it goes when its cause does.</summary>
    None,

    /// <summary>A reset of the device, a reload of its driver, or a reboot.</summary>
    Reset,

    /// <summary>A reboot of the node.</summary>
    Reboot,

    /// <summary>Another card in the slot, or an operator's word (<c>forewarn clear</c>).</summary>
    Repair,
}
