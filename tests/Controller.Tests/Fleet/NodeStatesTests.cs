using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Fleet;

public class NodeStatesTests
{
    private static readonly DateTimeOffset Began = new(2026, 3, 4, 3, 0, 0, TimeSpan.Zero);

    private readonly NodeStates _states = new();
    private FleetState _fleet = new(Began);

    [Fact]
    public void Who_is_met_well_is_not_told_of_and_who_is_met_ill_is()
    {
        Hear("n1", HealthState.Healthy, 1);
        Hear("n2", HealthState.Failing, 1);
        Assert.Equal([new("n2", null, HealthState.Failing, false)], Look(2));
        Assert.Empty(Look(3));
    }

    [Fact]
    public void Each_change_is_told_once_and_a_silence_is_one()
    {
        Hear("n1", HealthState.Healthy, 1);
        Look(2);
        Hear("n1", HealthState.Degraded, 3);
        Assert.Equal([new("n1", HealthState.Healthy, HealthState.Degraded, false)], Look(4));
        Assert.Equal([new("n1", HealthState.Degraded, HealthState.Unknown, true)], Look(60));
        Hear("n1", HealthState.Healthy, 61);
        Assert.Equal([new("n1", HealthState.Unknown, HealthState.Healthy, false)], Look(62));
    }

    [Fact]
    public void After_a_start_who_still_has_his_time_to_speak_is_not_told_of()
    {
        Hear("n1", HealthState.Healthy, 1);
        _fleet = new FleetState(Began.AddMinutes(10)).Recall(_fleet.Nodes.Values);
        Assert.Empty(Look(601));
        Assert.Equal([new("n1", null, HealthState.Unknown, true)], Look(661));
    }

    [Fact]
    public void Who_was_forgotten_is_met_anew()
    {
        Hear("n1", HealthState.Failed, 1);
        Assert.Single(Look(2));
        _fleet = new(Began);
        Assert.Empty(Look(3));
        Hear("n1", HealthState.Failed, 4);
        Assert.Single(Look(5));
    }

    private IReadOnlyList<NodeStateChange> Look(int second) => _states.Look(_fleet, Began.AddSeconds(second));

    private void Hear(string node, HealthState state, int second) => _fleet = _fleet.Take(
        new()
        {
            Protocol = ReportProtocol.Version,
            Node = node,
            Store = "s",
            Sequence = second,
            At = Began,
            Started = Began,
            Itself = new() { Id = DeviceId.Node.Value, State = HealthState.Healthy },
            Devices = [new() { Id = "GPU-a", State = state }],
        },
        Began.AddSeconds(second)).State;
}
