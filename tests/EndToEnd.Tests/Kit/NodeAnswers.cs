using System.Text.Json;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>What a user of /v1/devices sees of one device.</summary>
internal sealed record DeviceAnswer(
    string Id, int? Index, string PciAddress, string Presence, string? Reason, string? Detail,
    DateTimeOffset? Since, DateTimeOffset? LastSample,
    IReadOnlyList<SignalAnswer>? Signals, string? Parent = null, string? Profile = null, int? Instance = null, int? Processes = null,
    IReadOnlyList<WorkloadAnswer>? Workloads = null, AssessmentAnswer? Assessment = null);

/// <summary>What is judged of it.</summary>
internal sealed record AssessmentAnswer(string State, string RepairAction, bool InMaintenance, IReadOnlyList<FindingAnswer> Findings);

/// <summary>What one rule says.</summary>
internal sealed record FindingAnswer(string Rule, string Severity, string? Serial);

/// <summary>Whose processes hold a device.</summary>
internal sealed record WorkloadAnswer(string Manager, string? Id, string? Step, string? Namespace, string? Pod, int? User, int Processes, long? MemoryBytes);

/// <summary>One reading: a value, or why there is none.</summary>
internal sealed record SignalAnswer(string Signal, double? Value, string? Absent);

/// <summary>What a user of /v1/node sees of one source.</summary>
internal sealed record SourceAnswer(
    string Name, string State, string? Reason, string? Detail, string? DriverVersion, long Stalls, long Restarts, long AbandonedProcesses,
    long RefusedFrames, long Expected, long Found);

/// <summary>What a user of /v1/events sees of one event.</summary>
internal sealed record EventAnswer(long Id, string Kind, int? Index, long? Code, string Text, long Count, bool Durable);

/// <summary>What a user of /v1/efficiency sees.</summary>
internal sealed record EfficiencyAnswer(bool Simulated, IReadOnlyList<DeviceEfficiencyAnswer> Devices);

/// <summary>One device's account.</summary>
internal sealed record DeviceEfficiencyAnswer(int? Index, UsageAnswer Hour, UsageAnswer Day);

/// <summary>The figures of one window.</summary>
internal sealed record UsageAnswer(double MeasuredSeconds, double IdleHeldSeconds, double? MeanPowerWatts);

/// <summary>The bodies of the three pages.</summary>
internal static class NodeAnswers
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    public static IReadOnlyList<DeviceAnswer> Devices(string json) => JsonSerializer.Deserialize<DevicePage>(json, Format)!.Devices;

    public static EfficiencyAnswer Efficiency(string json) => JsonSerializer.Deserialize<EfficiencyAnswer>(json, Format)!;

    public static SourceAnswer Nvml(string json) =>
        JsonSerializer.Deserialize<NodePage>(json, Format)!.Sources.Single(source => source.Name == "nvml");

    public static IReadOnlyList<EventAnswer> Events(string json) => JsonSerializer.Deserialize<EventPage>(json, Format)!.Events;

    private sealed record EventPage(IReadOnlyList<EventAnswer> Events);

    private sealed record DevicePage(IReadOnlyList<DeviceAnswer> Devices);

    private sealed record NodePage(IReadOnlyList<SourceAnswer> Sources);
}
