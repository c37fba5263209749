using System.Collections.Immutable;
using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.States;

/// <summary>One device before the judge: its findings, and the state that follows from them.</summary>
internal sealed class DeviceCase(DeviceHistory device, DateTimeOffset now)
{
    // Own figure: a tenth of full load is more than a desktop or an idle context makes.
    private const double UnderLoad = 0.1;

    private long _told = -1;

    public FindingLedger Ledger { get; } = new();

    public Assessment Assessment { get; private set; } = new() { Device = device.Device.Id, State = HealthState.Unknown, Since = now };

    /// <summary>Makes a new assessment when findings, presence or maintenance changed, and tells of a change of state.</summary>
    public void Reassess(NodeHistory node, DateTimeOffset now, ICollection<Transition> transitions)
    {
        var healthyAtWork = Assessment.State == HealthState.Healthy && device.TryGet(SignalId.UtilizationGpu, out var load) && load >= UnderLoad
            && (Assessment.LastHealthyUnderLoad is not { } last || now - last >= TimeSpan.FromMinutes(1));
        if (Ledger.Version == _told && Assessment.Presence == device.Presence && Assessment.InMaintenance == node.InMaintenance && !healthyAtWork) return;
        _told = Ledger.Version;
        var findings = Ledger.Findings.OrderBy(finding => finding.IsObserved).ThenByDescending(finding => finding.Severity).ToImmutableArray();
        var before = Assessment;
        var state = StateOf(findings);
        var counted = findings.Where(finding => !finding.IsObserved).ToList();
        Assessment = before with
        {
            Presence = device.Presence,
            State = state,
            Since = state == before.State ? before.Since : now,
            Actions = counted.Aggregate(RecommendedActions.None, (all, finding) => all.And(finding.Actions)),
            Probability = counted.Aggregate(default(FailureProbability), (all, finding) => all.Or(finding.Probability)),
            Findings = findings,
            LastHealthyUnderLoad = healthyAtWork ? now : before.LastHealthyUnderLoad,
            InMaintenance = node.InMaintenance,
        };
        if (state == before.State) return;
        var why = counted.Count > 0 ? counted[0].Summary : state == HealthState.Healthy ? "no finding is left" : "not read yet";
        transitions.Add(new Transition(HealthEventKind.StateChanged, device.Device, null, before.State, state, why, now));
    }

    private HealthState StateOf(ImmutableArray<Finding> findings)
    {
        var gravest = findings.Where(finding => !finding.IsObserved).Select(finding => finding.Severity).DefaultIfEmpty(Severity.Info).Max();
        return gravest switch
        {
            Severity.Failed => HealthState.Failed,
            Severity.Failing => HealthState.Failing,
            Severity.Degraded => HealthState.Degraded,
            Severity.Watch => HealthState.Watch,
            _ => device.Presence == DevicePresence.Unknown && device.Device.Id != DeviceId.Node ? HealthState.Unknown : HealthState.Healthy,
        };
    }
}
