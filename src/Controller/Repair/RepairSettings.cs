namespace Forewarn.Controller.Repair;

/// <summary>With what nodes are repaired and validated here, and how long each step may take. Own figures, unless one is named.</summary>
public sealed record RepairSettings
{
    /// <summary>The site's program that resets or reboots; empty where the scheduler reboots.</summary>
    public string Command { get; init; } = "";

    /// <summary>The site's batch script that shows that a node computes; empty where people have to say so.</summary>
    public string Validation { get; init; } = "";

    /// <summary>As whom it runs.</summary>
    public string User { get; init; } = "";

    /// <summary>In which partition it runs; empty for the node's first.</summary>
    public string Partition { get; init; } = "";

    /// <summary>A few commands of the scheduler.</summary>
    public TimeSpan Securing { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A reboot until the scheduler has the node again, or the site's command: servers with much memory train it for a quarter of an hour.</summary>
    public TimeSpan Repair { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>From then until the agent has told that all is well: it starts, finds its cards, and a finding is cleared after minutes without evidence. It may hold the node to be in maintenance for minutes more.</summary>
    public TimeSpan Proving { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>How long the validation may compute.</summary>
    public TimeSpan Validate { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long the node is watched when it is back.</summary>
    public TimeSpan Probation { get; init; } = TimeSpan.FromDays(1);
}
