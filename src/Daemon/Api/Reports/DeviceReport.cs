using Forewarn.Model;

namespace Forewarn.Daemon.Api.Reports;

/// <summary>One device. What the device or its driver did not tell is absent, never an empty or made-up value.</summary>
internal sealed record DeviceReport
{
    public required string Id { get; init; }

    /// <summary>True while the device never told who it is and is known by its PCI address alone.</summary>
    public required bool Provisional { get; init; }

    public int? Index { get; init; }

    public required string Vendor { get; init; }

    public string? Name { get; init; }

    public required string PciAddress { get; init; }

    public string? Serial { get; init; }

    public string? PartNumber { get; init; }

    public int? Slot { get; init; }

    public int? Minor { get; init; }

    public string? Firmware { get; init; }

    public string? ConfigurationImage { get; init; }

    public int? NumaNode { get; init; }

    /// <summary>The card that it is a part of; absent for a card.</summary>
    public string? Parent { get; init; }

    /// <summary>The maker's name of the part's size.</summary>
    public string? Profile { get; init; }

    public int? Instance { get; init; }

    public int? ComputeInstance { get; init; }

    /// <summary>What else the maker tells of it.</summary>
    public IReadOnlyDictionary<string, string>? Traits { get; init; }

    public required string Source { get; init; }

    public required DevicePresence Presence { get; init; }

    /// <summary>Typed cause of the presence; absent while measured.</summary>
    public NoDataReason? Reason { get; init; }

    public string? Detail { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>Time of the newest sample; absent before the first.</summary>
    public DateTimeOffset? LastSample { get; init; }

    public required int CounterGeneration { get; init; }

    /// <summary>What is judged of it; absent until that was done, and of a part of a card.</summary>
    public AssessmentReport? Assessment { get; init; }

    public required IReadOnlyList<DriverErrorReport> DriverErrors { get; init; }

    /// <summary>How many processes hold it; absent where the driver does not list them.</summary>
    public int? Processes { get; init; }

    /// <summary>Whose they are; as last seen where the device does not answer.</summary>
    public required IReadOnlyList<WorkloadReport> Workloads { get; init; }

    public required IReadOnlyList<SignalReport> Signals { get; init; }

    /// <summary>Metrics of which the library gave a number that cannot be; absent where there are none.</summary>
    public IReadOnlyList<string>? NotBelieved { get; init; }

    /// <summary>What happened to it elsewhere, or before this node lost its disk, the oldest first; of a single device alone, and absent where nothing is known.</summary>
    public IReadOnlyList<PastReport>? Past { get; init; }
}

/// <summary>One thing that happened to a card, by the controller's word.</summary>
internal sealed record PastReport(string Node, DateTimeOffset At, HealthEventKind Kind, string Text, string? Rule, long? Code);

/// <summary>One workload's share of a device; what its manager does not have is absent.</summary>
internal sealed record WorkloadReport
{
    public required WorkloadOrigin Manager { get; init; }

    /// <summary>Job id, pod uid, container id or systemd unit.</summary>
    public string? Id { get; init; }

    public string? Step { get; init; }

    public string? Namespace { get; init; }

    public string? Pod { get; init; }

    public string? Container { get; init; }

    public int? User { get; init; }

    public required int Processes { get; init; }

    public long? MemoryBytes { get; init; }
}

/// <summary>How often the driver reported an error code since the agent started; the name is what the maker calls the code.</summary>
internal sealed record DriverErrorReport(string Name, long Code, long Count);
