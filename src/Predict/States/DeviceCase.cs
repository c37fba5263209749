using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.States;

/// <summary>One device before the judge: its findings, and the state that follows from them.</summary>
internal sealed class DeviceCase(DeviceHistory device, Outranking outranking, DateTimeOffset now)
{
    // Own figure: a tenth of full load is more than a desktop or an idle context makes.
    private const double UnderLoad = 0.1;

    // Own figure: how old "last healthy under load" may be while nothing else changes; each time costs an allocation.
    private static readonly TimeSpan HealthyAgain = TimeSpan.FromMinutes(10);

    // Own figure, that of the finding which then calls it failed: a probe is started anew and a card tried alone well within it.
    private static readonly TimeSpan StalledFor = TimeSpan.FromSeconds(60);

    private readonly FindingLedger _ledger = device.Ledger;
    private Device _device = device.Device;
    private long _told = -1;

    public Assessment Assessment { get; private set; } = new() { Device = device.Device.Id, State = HealthState.Unknown, Since = now };

    /// <summary>The device may have told since who it is: then what is said of it is said of that identity.</summary>
    public void Follow(DateTimeOffset now, ICollection<Transition> transitions)
    {
        if (ReferenceEquals(device.Device, _device)) return;
        if (device.Device.Id != _device.Id)
        {
            _ledger.Rename(_device, device.Device, now, transitions);
            Assessment = Assessment with { Device = device.Device.Id };
        }

        _device = device.Device;
    }

    /// <summary>Makes a new assessment when findings, presence, state or maintenance changed, and tells of a change of state.</summary>
    public void Reassess(NodeHistory node, DateTimeOffset now, ICollection<Transition> transitions)
    {
        var (before, announced) = (Assessment, device.Announced);
        var state = State(node, now);
        var wall = node.Clock.Wall(now);
        if (state == HealthState.Healthy && device.TryGet(SignalId.UtilizationGpu, out var load) && load >= UnderLoad) device.LastHealthyUnderLoad = wall;
        var isOld = device.LastHealthyUnderLoad is { } healthy && (before.LastHealthyUnderLoad is not { } shown || healthy - shown >= HealthyAgain);
        var inMaintenance = node.InMaintenance || device.InMaintenance;
        // That a device was not read yet after a start of the agent is no change of it.
        var isNews = state != announced.State && (state != HealthState.Unknown || device.IsLogged || device.Sampled != default || device.Presence != DevicePresence.Unknown);
        if (_ledger.Version == _told && state == before.State && !isNews && device.Presence == before.Presence && inMaintenance == before.InMaintenance && !isOld) return;
        _told = _ledger.Version;
        var findings = outranking.Sort(_ledger.Findings);
        var counted = findings.Where(finding => !finding.IsObserved).ToList();
        if (isNews) device.Announced = (state, wall);
        Assessment = before with
        {
            Presence = device.Presence,
            State = state,
            Since = state == device.Announced.State ? device.Announced.Since : before.Since,
            Actions = counted.Aggregate(RecommendedActions.None, (all, finding) => all.And(finding.Actions)),
            // Those of one trouble know of each other.
            Probability = counted.Where(finding => finding.PartOf.Length == 0).Aggregate(default(FailureProbability), (all, finding) => all.Or(finding.Probability)),
            Findings = findings,
            LastHealthyUnderLoad = device.LastHealthyUnderLoad,
            InMaintenance = inMaintenance,
        };
        if (isNews) transitions.Add(new Transition(HealthEventKind.StateChanged, _device, null, announced.State, state, Why(counted, state), wall));
    }

    /// <summary>It is gone from its place: nothing more can be said of it.</summary>
    public void End(string why, NodeHistory node, DateTimeOffset now, ICollection<Transition> transitions)
    {
        _ledger.CloseAll(_device, why, now, transitions);
        var before = device.Announced.State;
        device.Announced = (HealthState.Unknown, node.Clock.Wall(now));
        if (before != HealthState.Unknown) transitions.Add(new Transition(HealthEventKind.StateChanged, _device, null, before, HealthState.Unknown, why, node.Clock.Wall(now)));
    }

    private HealthState State(NodeHistory node, DateTimeOffset now) => _ledger.Gravest switch
    {
        Severity.Failed => HealthState.Failed,
        Severity.Failing => HealthState.Failing,
        Severity.Degraded => HealthState.Degraded,
        Severity.Watch => HealthState.Watch,
        _ when device == node.Self || device.Presence == DevicePresence.Measured => HealthState.Healthy,
        _ when IsComingBack(now) && Assessment.State == HealthState.Healthy => HealthState.Healthy,
        _ => HealthState.Unknown,
    };

    private bool IsComingBack(DateTimeOffset now)
        => device.Presence is DevicePresence.Stalled or DevicePresence.Lost && now - device.PresentSince < StalledFor;

    private string Why(List<Finding> counted, HealthState state) => state switch
    {
        HealthState.Healthy => "it is measured and no finding is left",
        HealthState.Unknown when device.IsLogged => "the log says nothing of it any more, and nothing else reads it",
        HealthState.Unknown when device is { Presence: DevicePresence.Excluded, Absence: NoDataReason.Excluded } => "its driver was told to leave it alone",
        HealthState.Unknown => device.Presence == DevicePresence.Excluded ? "it is taken out of measurement" : "it is not read",
        _ => counted[0].Summary,
    };
}
