namespace Forewarn.Daemon.Api.Reports;

/// <summary>The answer of <c>/v1/devices</c>.</summary>
internal sealed record DeviceList
{
    public string Api { get; init; } = ApiJson.Version;

    public required bool Simulated { get; init; }

    public required string Node { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required IReadOnlyList<DeviceReport> Devices { get; init; }
}

/// <summary>The answer of <c>/v1/devices/{uuid}</c>.</summary>
internal sealed record SingleDevice
{
    public string Api { get; init; } = ApiJson.Version;

    public required bool Simulated { get; init; }

    public required string Node { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required DeviceReport Device { get; init; }
}
