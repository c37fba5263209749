using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Controller.Reports;

/// <summary>How one device stands, as its agent judges it.</summary>
public sealed record ReportedDevice
{
    /// <summary>Its id for ever, the maker's UUID where there is one.</summary>
    public required string Id { get; init; }

    /// <summary>Serial of the card; empty when the product tells none.</summary>
    public string Serial { get; init; } = "";

    /// <summary>The maker's name for it.</summary>
    public string Model { get; init; } = "";

    /// <summary>PCI address.</summary>
    public string PciAddress { get; init; } = "";

    /// <summary>Minor number of its device file, by which schedulers name it; −1 when not known.</summary>
    public int Minor { get; init; } = -1;

    /// <summary>UUID of the scale-up fabric in which it is, across nodes; empty when it is in none, or has not joined it yet.</summary>
    public string ClusterUuid { get; init; } = "";

    /// <summary>Its part of that fabric: devices of one clique reach each other without the network. Means nothing without <see cref="ClusterUuid"/>.</summary>
    public long CliqueId { get; init; }

    /// <summary>Whether it is measured.</summary>
    public DevicePresence Presence { get; init; }

    /// <summary>How ill.</summary>
    public HealthState State { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The rule that speaks loudest; empty when none does.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Its one line for a person.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The maker's error code behind it; 0 where it comes from none.</summary>
    public long Code { get; init; }

    /// <summary>What the findings ask for.</summary>
    public RecommendedActions Actions { get; init; }

    /// <summary>Chance of failure.</summary>
    public FailureProbability Probability { get; init; }

    /// <summary>Jobs whose processes are on it.</summary>
    public ImmutableArray<string> Jobs { get; init; } = [];

    /// <summary>Last time it was healthy at work.</summary>
    public DateTimeOffset? LastHealthyUnderLoad { get; init; }
}
