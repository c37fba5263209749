using Forewarn.Model;

namespace Forewarn.Daemon.Api.Reports;

/// <summary>The answer of <c>/v1/efficiency</c>.</summary>
internal sealed record EfficiencyReport
{
    public string Api { get; init; } = ApiJson.Version;

    public required bool Simulated { get; init; }

    public required string Node { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required IReadOnlyList<DeviceEfficiency> Devices { get; init; }

    public required IReadOnlyList<JobEfficiency> Jobs { get; init; }

    /// <summary>Jobs that made room for others since the agent started.</summary>
    public required long JobsForgotten { get; init; }
}

/// <summary>One device's account.</summary>
internal sealed record DeviceEfficiency
{
    public required string Id { get; init; }

    public int? Index { get; init; }

    public required string Vendor { get; init; }

    public string? Name { get; init; }

    public required string PciAddress { get; init; }

    /// <summary>The card that it is a part of; absent for a card.</summary>
    public string? Parent { get; init; }

    /// <summary>The maker's name of the part's size.</summary>
    public string? Profile { get; init; }

    public required UsageReport Hour { get; init; }

    public required UsageReport Day { get; init; }
}

/// <summary>One job's account; its seconds are device-seconds.</summary>
internal sealed record JobEfficiency
{
    public required WorkloadOrigin Manager { get; init; }

    /// <summary>Absent where nobody is known to have started it.</summary>
    public string? Id { get; init; }

    public string? Namespace { get; init; }

    public string? Pod { get; init; }

    public int? User { get; init; }

    /// <summary>Identities of the devices on which it runs now.</summary>
    public required IReadOnlyList<string> RunsOn { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public required UsageReport Hour { get; init; }

    public required UsageReport Day { get; init; }
}

/// <summary>What was done within a window. A mean of what was not measured is absent.</summary>
internal sealed record UsageReport
{
    public required double MeasuredSeconds { get; init; }

    public required double BusySeconds { get; init; }

    public required double IdleSeconds { get; init; }

    public required double IdleHeldSeconds { get; init; }

    public required double ThrottledSeconds { get; init; }

    public required double PoweredSeconds { get; init; }

    public required double EnergyJoules { get; init; }

    public double? MeanUtilization { get; init; }

    public double? MeanPowerWatts { get; init; }

    public double? JoulesPerBusySecond { get; init; }
}
