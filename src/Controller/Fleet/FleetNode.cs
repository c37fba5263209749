using System.Collections.Immutable;
using Forewarn.Controller.Reports;
using Forewarn.Model;

namespace Forewarn.Controller.Fleet;

/// <summary>What is known of one node: what its agent said last. Whether that still holds is the fleet's to say, since it depends on the time.</summary>
public sealed record FleetNode
{
    /// <summary>Its agent's last report; what had changed by then is not kept with it.</summary>
    public required AgentReport Report { get; init; }

    /// <summary>When that came, by the controller's clock.</summary>
    public required DateTimeOffset Heard { get; init; }

    /// <summary>The newest transition of the agent's store that was met; 0 for none.</summary>
    public long Newest { get; init; }

    /// <summary>Runs of its agent before the one that is heard, the newest first, as far as this controller heard them.</summary>
    public ImmutableArray<AgentRun> EarlierRuns { get; init; } = [];

    /// <summary>Its name.</summary>
    public string Name => Report.Node;

    /// <summary>Its devices.</summary>
    public ImmutableArray<ReportedDevice> Devices => Report.Devices;

    /// <summary>It is none of hardware.</summary>
    public bool IsSimulated => Report.IsSimulated;

    /// <summary>Those that are ill.</summary>
    public IEnumerable<ReportedDevice> Ill => All.Where(Illness.IsIll);

    /// <summary>
    /// The gravest state of the node and its devices, as told. Unknown where one is not known and none is known to be worse than healthy; also before the first
    /// assessment.
    /// </summary>
    public HealthState Told
    {
        get
        {
            var known = All.Where(static device => device.State != HealthState.Unknown).Select(static device => device.State).DefaultIfEmpty(HealthState.Unknown).Max();
            var isWhole = Report.Itself is not null && All.All(static device => device.State != HealthState.Unknown);
            return known == HealthState.Healthy && !isWhole ? HealthState.Unknown : known;
        }
    }

    /// <summary>A device, or the node itself, by its id; null when the agent does not tell of it.</summary>
    public ReportedDevice? Device(string id) => All.FirstOrDefault(device => device.Id == id);

    private IEnumerable<ReportedDevice> All => Report.Itself is { } itself ? Devices.Prepend(itself) : Devices;
}
