using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Fleet.Views;

/// <summary>How one device stood when its agent told of it last.</summary>
internal sealed record FleetDeviceReport
{
    public required string Id { get; init; }

    public string? Serial { get; init; }

    public string? Model { get; init; }

    public string? PciAddress { get; init; }

    public required DevicePresence Presence { get; init; }

    public required HealthState State { get; init; }

    public required DateTimeOffset Since { get; init; }

    public string? Rule { get; init; }

    public string? Summary { get; init; }

    public required WorkAction WorkAction { get; init; }

    public required RepairAction RepairAction { get; init; }

    public required ProbabilityReport FailureProbability { get; init; }

    public required IReadOnlyList<string> Jobs { get; init; }
}
