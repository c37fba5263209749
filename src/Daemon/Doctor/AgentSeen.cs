using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Doctor;

/// <summary>The agent as its socket shows it.</summary>
internal sealed record AgentSeen
{
    public required string Socket { get; init; }

    /// <summary>Why it did not answer; null when it did.</summary>
    public string? Trouble { get; init; }

    /// <summary>True when somebody serves the socket, or may, and no answer came: what an operator asked of it is not known.</summary>
    public bool IsSilent { get; init; }

    public NodeReport? Node { get; init; }

    public IReadOnlyList<DeviceReport> Devices { get; init; } = [];

    /// <summary>Who serves the socket; null where nobody does or it may not be reached.</summary>
    public ProcessFacts? Process { get; init; }
}
