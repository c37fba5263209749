using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.States;

public class DeviceCaseTests
{
    private readonly SaidRule _rule = new();
    private readonly SaidRule _ofNode = new("node", RuleScope.Node);
    private readonly TestNode _node;

    public DeviceCaseTests() => _node = new TestNode(1, _rule, _ofNode);

    private Assessment Assessment => _node.Judge.AssessmentOf(_node.Card(0).Device.Id)!;

    [Fact]
    public void All_findings_together_make_state_actions_and_probability()
    {
        _rule.Holds =
        [
            new(1, 1, 0) { Severity = Severity.Watch, Actions = new(WorkAction.None, RepairAction.ReplaceHardware) },
            new(2, 1, 0) { Severity = Severity.Failing, Actions = new(WorkAction.CheckpointAndMove, RepairAction.ResetDevice) },
            new(3, 1, 0) { Severity = Severity.Info },
        ];
        _node.Pass(1);
        Assert.Equal((HealthState.Failing, new RecommendedActions(WorkAction.CheckpointAndMove, RepairAction.ReplaceHardware)), (Assessment.State, Assessment.Actions));
        Assert.Equal([2L, 1, 3], Assessment.Findings.Select(finding => finding.Key));
        Assert.Equal(1 - (0.9 * 0.9), Assessment.Probability.OneHour, 9); // what is for information foretells nothing
    }

    [Fact]
    public void What_is_worth_a_line_alone_leaves_it_healthy()
    {
        _rule.Holds = [new(0, 1, 0) { Severity = Severity.Info }];
        _node.Pass(1);
        Assert.Equal((HealthState.Healthy, 1), (Assessment.State, Assessment.Findings.Length));
    }

    [Theory]
    [InlineData(DevicePresence.Stalled, HealthState.Healthy)]
    [InlineData(DevicePresence.Lost, HealthState.Healthy)]
    [InlineData(DevicePresence.Excluded, HealthState.Unknown)]
    [InlineData(DevicePresence.Unknown, HealthState.Unknown)]
    public void Nobody_calls_healthy_what_is_not_read(DevicePresence presence, HealthState atFirst)
    {
        _node.Read(0, SignalId.TemperatureGpu, 40).Pass(1);
        _node.Become(_node.Card(0), presence).Pass(30);
        Assert.Equal(atFirst, Assessment.State);
        _node.Pass(31);
        Assert.Equal(HealthState.Unknown, Assessment.State);
        _node.Become(_node.Card(0), DevicePresence.Measured).Pass(1);
        Assert.Equal(HealthState.Healthy, Assessment.State);
    }

    [Fact]
    public void When_it_was_last_healthy_at_work_is_kept_over_restarts()
    {
        _node.Read(0, SignalId.UtilizationGpu, 0.02).Pass(1);
        Assert.Null(Assessment.LastHealthyUnderLoad);
        _node.Read(0, SignalId.UtilizationGpu, 0.8).Pass(300);
        var last = _node.Now;
        _rule.Holds = [new(0, 1, 0)];
        _node.Pass(60);
        Assert.Equal(last, Assessment.LastHealthyUnderLoad);
        _node.Restart().Pass(60);
        Assert.Equal(last, Assessment.LastHealthyUnderLoad);
    }

    [Fact]
    public void Maintenance_of_the_node_or_the_device_is_told_with_the_findings()
    {
        _rule.Holds = [new(0, 1, 0)];
        _node.Node.InMaintenance = true;
        _node.Pass(1);
        Assert.Equal((true, HealthState.Degraded), (Assessment.InMaintenance, Assessment.State));
        Assert.True(_node.Judge.AssessmentOf(DeviceId.Node)!.InMaintenance);
        _node.Node.InMaintenance = false;
        _node.Card(0).InMaintenance = true;
        _node.Pass(1);
        Assert.True(Assessment.InMaintenance);
        Assert.False(_node.Judge.AssessmentOf(DeviceId.Node)!.InMaintenance);
    }

    [Fact]
    public void The_node_has_findings_of_its_own()
    {
        _ofNode.Holds = [new(0, 1, 0)];
        _node.Pass(1);
        Assert.Equal(HealthState.Degraded, _node.Judge.AssessmentOf(DeviceId.Node)!.State);
        Assert.Equal(HealthState.Healthy, Assessment.State);
        _ofNode.Holds = [];
        _node.Pass(62);
        Assert.Equal(HealthState.Healthy, _node.Judge.AssessmentOf(DeviceId.Node)!.State);
    }

    [Fact]
    public void A_start_of_the_agent_is_no_change_of_any_state()
    {
        _rule.Holds = [new(0, 1, 0)];
        _node.Read(0, SignalId.TemperatureGpu, 40).Pass(10);
        var since = Assessment.Since;
        var told = _node.Transitions.Count;
        _node.Restart().Pass(10);
        Assert.Equal((told, since, HealthState.Degraded), (_node.Transitions.Count, Assessment.Since, Assessment.State));
    }
}
