using Forewarn.Model;

namespace Forewarn.Daemon.Fleet.Views;

/// <summary>One node in a list.</summary>
internal record FleetNodeSummary
{
    public required string Name { get; init; }

    /// <summary>Unknown where what it told is not of now.</summary>
    public required HealthState State { get; init; }

    /// <summary>When it was heard last, by the controller's clock.</summary>
    public required DateTimeOffset Heard { get; init; }

    /// <summary>What it told is of now: this controller heard it, and not too long ago.</summary>
    public required bool Current { get; init; }

    public required bool Simulated { get; init; }

    public required bool InMaintenance { get; init; }

    /// <summary>How many devices it has.</summary>
    public required int DeviceCount { get; init; }

    /// <summary>How many of them were ill by what it told last, the node itself among them.</summary>
    public required int IllCount { get; init; }

    /// <summary>The gravest of those in one line; absent where none is.</summary>
    public string? Summary { get; init; }
}
