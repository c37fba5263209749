using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Sources.Host;
using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources;

/// <summary>What the rest of the program knows of a source: how to name it, how to start it, and which PCI functions are its devices.</summary>
internal sealed record SourceEntry
{
    /// <summary>Name in the configuration, in the <c>source</c> label and on the probe's command line, with its default library.</summary>
    public required SourceDeclaration Declaration { get; init; }

    /// <summary>The maker of its devices.</summary>
    public required Vendor Vendor { get; init; }

    /// <summary>Whether a function on the PCI bus is one of its devices.</summary>
    public required Func<PciFunction, bool> Owns { get; init; }

    /// <summary>Device nodes that the library opens first; a sandbox that refuses one makes everything fail.</summary>
    public required IReadOnlyList<string> ControlNodes { get; init; }

    /// <summary>Names under which the driver stands in <c>/proc/devices</c> while it is loaded.</summary>
    public required IReadOnlyList<string> DriverNames { get; init; }

    /// <summary>How the driver's error codes are counted.</summary>
    public required DriverErrorMetric DriverErrors { get; init; }

    /// <summary>What <c>forewarn doctor</c> can ask of it; null where it can only look at the library from outside.</summary>
    public SourceDoctor? Doctor { get; init; }

    /// <summary>What its devices need of the node beside their driver; null where nothing is known of that.</summary>
    public HostWatch? Host { get; init; }

    /// <summary>Makes the source; loads nothing yet.</summary>
    public required Func<ProbeSettings, IDeviceSource> Create { get; init; }
}
