namespace Forewarn.Controller.Placement;

/// <summary>What must happen on a node before it can take ranks; the quickest first.</summary>
public enum Readiness : byte
{
    /// <summary>Held as a spare, with everything loaded.</summary>
    WarmSpare,

    /// <summary>Idle.</summary>
    Free,

    /// <summary>Others work there, whose work may be ended.</summary>
    Preemptible,
}
