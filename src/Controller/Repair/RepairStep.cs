namespace Forewarn.Controller.Repair;

/// <summary>How far the repair of one node has come. The node is out of service until <see cref="Admitting"/>.</summary>
public enum RepairStep : byte
{
    /// <summary>It could begin, and a guard refuses or somebody has to approve it.</summary>
    Proposed,

    /// <summary>The node is being rebooted, or the site's command repairs it.</summary>
    Repairing,

    /// <summary>That is done, and has yet to show in what the agent tells.</summary>
    Proving,

    /// <summary>The node is being kept for us and then given back to its scheduler, so that nobody but the validation starts there.</summary>
    Admitting,

    /// <summary>The site's validation is at work on it.</summary>
    Validating,

    /// <summary>It is back in service and watched.</summary>
    Probation,

    /// <summary>It failed its validation, or its probation, and is being taken out again.</summary>
    Withdrawing,

    /// <summary>It waits for people, out of service.</summary>
    People,

    /// <summary>Over.</summary>
    Closed,
}
