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

    public required string Source { get; init; }

    public required DevicePresence Presence { get; init; }

    /// <summary>Typed cause of the presence; absent while measured.</summary>
    public NoDataReason? Reason { get; init; }

    public string? Detail { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>Time of the newest sample; absent before the first.</summary>
    public DateTimeOffset? LastSample { get; init; }

    public required int CounterGeneration { get; init; }

    public required IReadOnlyList<DriverErrorReport> DriverErrors { get; init; }

    public required IReadOnlyList<SignalReport> Signals { get; init; }
}

/// <summary>How often the driver reported an error code since the agent started; the name is what the maker calls the code.</summary>
internal sealed record DriverErrorReport(string Name, long Code, long Count);
