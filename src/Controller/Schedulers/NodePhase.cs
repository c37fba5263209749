namespace Forewarn.Controller.Schedulers;

/// <summary>What a scheduler lets a node do.</summary>
public enum NodePhase : byte
{
    /// <summary>The scheduler's word is not known here: nothing is done with such a node.</summary>
    Unknown,

    /// <summary>It takes work.</summary>
    InService,

    /// <summary>It takes no new work, and old work still runs there.</summary>
    Draining,

    /// <summary>It takes no new work and has none.</summary>
    Drained,

    /// <summary>The scheduler has lost it, or takes it for broken.</summary>
    Down,

    /// <summary>People work at it, or it is being started anew, as planned.</summary>
    Maintenance,
}
