using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Fleet.Views;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The answer of <c>/v1/nodes/{node}</c>.</summary>
internal sealed record NodeAnswer : NodeLine
{
    public string Api { get; init; } = ApiJson.Version;

    public required DateTimeOffset Time { get; init; }

    /// <summary>The agent's version.</summary>
    public string? Version { get; init; }

    public string? Driver { get; init; }

    public string? BootId { get; init; }

    /// <summary>When this run of the agent began, by the node's clock.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>The node itself first, where it was assessed.</summary>
    public required IReadOnlyList<FleetDeviceReport> Devices { get; init; }

    /// <summary>What happened last, the newest first.</summary>
    public required IReadOnlyList<FleetTransitionReport> Transitions { get; init; }

    /// <summary>Jobs on it, by the scheduler's word.</summary>
    public required IReadOnlyList<string> Jobs { get; init; }

    /// <summary>What it hangs on, from the top down.</summary>
    public required IReadOnlyList<TopologyGroupReport> Path { get; init; }

    /// <summary>What it can be lost with.</summary>
    public required IReadOnlyList<string> FailureDomains { get; init; }
}
