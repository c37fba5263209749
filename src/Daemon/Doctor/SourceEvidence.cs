using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Doctor.Examination;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Doctor;

/// <summary>Everything that is known of one source and its devices, from the kernel, from the library and from the agent.</summary>
internal sealed record SourceEvidence
{
    public required SourceEntry Entry { get; init; }

    public string Name => Entry.Declaration.Name;

    public required SourceOptions Options { get; init; }

    public required string Root { get; init; }

    public required bool IsSimulated { get; init; }

    /// <summary>Its devices on the PCI bus.</summary>
    public required IReadOnlyList<PciFunction> OnBus { get; init; }

    /// <summary>The whole bus.</summary>
    public required IReadOnlyList<PciFunction> Bus { get; init; }

    /// <summary>True when /proc/devices lists the driver.</summary>
    public required bool IsDriverListed { get; init; }

    /// <summary>What the library said to the examination.</summary>
    public required SourceFacts Facts { get; init; }

    /// <summary>The agent's word; null when it was not heard.</summary>
    public SourceAccount? Agent { get; init; }

    /// <summary>The agent's process; null as above.</summary>
    public ProcessFacts? AgentProcess { get; init; }

    /// <summary>The processes that can be seen here.</summary>
    public required IReadOnlyList<NamedProcess> Processes { get; init; }
}

/// <summary>What the agent says of a source and of its devices that it does not measure.</summary>
internal sealed record SourceAccount(
    SourceState State, string? Detail, long Expected, long Found, long AbandonedProcesses, IReadOnlyList<DeviceAccount> Unmeasured)
{
    /// <summary>What the agent says of a probe that is of another build than itself; null while they are of one.</summary>
    public string? OtherBuild { get; init; }
}

/// <summary>A device that is not measured. IsStalled: a call on it hangs, and no other should be tried.</summary>
internal sealed record DeviceAccount(string PciAddress, string Presence, string? Detail, bool IsStalled);
