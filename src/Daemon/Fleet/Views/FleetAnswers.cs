using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Fleet.Views;

/// <summary>Turns the fleet's state into its answers.</summary>
internal static class FleetAnswers
{
    public static FleetAnswer Of(FleetState state, DateTimeOffset now)
    {
        var nodes = state.Nodes.Values.Select(node => Summary(state, node, now)).ToList();
        return new()
        {
            Simulated = nodes.Exists(static node => node.Simulated),
            Time = now,
            States = Count(nodes.Select(static node => node.State)),
            Silent = state.Nodes.Values.Count(node => state.IsSilent(node, now)),
            Nodes = [.. nodes.OrderByDescending(static node => node.State).ThenBy(static node => node.Name, StringComparer.Ordinal)],
        };
    }

    public static FleetNodeAnswer Of(FleetState state, FleetNode node, IEnumerable<ReportedTransition> transitions, DateTimeOffset now)
    {
        var summary = Summary(state, node, now);
        return new()
        {
            Time = now,
            Name = summary.Name,
            State = summary.State,
            Heard = summary.Heard,
            Current = summary.Current,
            Simulated = summary.Simulated,
            InMaintenance = summary.InMaintenance,
            DeviceCount = summary.DeviceCount,
            IllCount = summary.IllCount,
            Summary = summary.Summary,
            Version = Told(node.Report.Version),
            Driver = Told(node.Report.Driver),
            BootId = Told(node.Report.BootId),
            Started = node.Report.Started,
            Devices = [.. (node.Report.Itself is { } itself ? node.Devices.Prepend(itself) : node.Devices).Select(Device)],
            Transitions = [.. transitions.Select(Transition)],
        };
    }

    /// <summary>One thing that happened.</summary>
    public static FleetTransitionReport Transition(ReportedTransition one) => new(one.Id, one.Kind, one.Device, one.At, one.Text, Told(one.Rule));

    public static StateCounts Count(IEnumerable<HealthState> states)
    {
        var counts = states.CountBy(static state => state).ToDictionary();
        return new(
            counts.GetValueOrDefault(HealthState.Healthy), counts.GetValueOrDefault(HealthState.Watch), counts.GetValueOrDefault(HealthState.Degraded),
            counts.GetValueOrDefault(HealthState.Failing), counts.GetValueOrDefault(HealthState.Failed), counts.GetValueOrDefault(HealthState.Unknown));
    }

    /// <summary>One node in a list.</summary>
    public static FleetNodeSummary Summary(FleetState state, FleetNode node, DateTimeOffset now)
    {
        var ill = node.Ill.ToList();
        return new()
        {
            Name = node.Name,
            State = state.Health(node, now),
            Heard = node.Heard,
            Current = state.IsCurrent(node, now),
            Simulated = node.IsSimulated,
            InMaintenance = node.Report.InMaintenance,
            DeviceCount = node.Devices.Length,
            IllCount = ill.Count,
            Summary = ill.MaxBy(static device => (device.State != HealthState.Unknown, device.State, device.Actions.Work)) is { } gravest ? Told(gravest.Summary) : null,
        };
    }

    /// <summary>How a device stood when it was told of last.</summary>
    public static FleetDeviceReport Device(ReportedDevice device) => new()
    {
        Id = device.Id,
        Serial = Told(device.Serial),
        Model = Told(device.Model),
        PciAddress = Told(device.PciAddress),
        Presence = device.Presence,
        State = device.State,
        Since = device.Since,
        Rule = Told(device.Rule),
        Summary = Told(device.Summary),
        WorkAction = device.Actions.Work,
        RepairAction = device.Actions.Repair,
        FailureProbability = new(device.Probability.OneHour, device.Probability.OneDay, device.Probability.SevenDays),
        Jobs = device.Jobs,
    };

    private static string? Told(string text) => text.Length == 0 ? null : text;
}
