using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Fleet.Views;

/// <summary>The answer of <c>/v1/fleet/{node}</c>.</summary>
internal sealed record FleetNodeAnswer : FleetNodeSummary
{
    public string Api { get; init; } = ApiJson.Version;

    public required DateTimeOffset Time { get; init; }

    /// <summary>The agent's version.</summary>
    public string? Version { get; init; }

    public string? Driver { get; init; }

    public string? BootId { get; init; }

    /// <summary>When this run of the agent began, by the node's clock.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The node itself first, where it was assessed.</summary>
    public required IReadOnlyList<FleetDeviceReport> Devices { get; init; }

    /// <summary>What happened last, the newest first.</summary>
    public required IReadOnlyList<FleetTransitionReport> Transitions { get; init; }
}
