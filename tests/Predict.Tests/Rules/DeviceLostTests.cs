using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class DeviceLostTests
{
    private readonly TestNode _node = new(2, new DeviceLost());

    [Fact]
    public void A_lost_card_has_failed_at_once_and_its_sibling_has_not()
    {
        Become(DevicePresence.Lost, NoDataReason.DeviceLost);
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal(("device-lost", Severity.Failed, Latch.Reset), (finding.Rule, finding.Severity, finding.Latch));
        Assert.Equal(new RecommendedActions(WorkAction.StopNow, RepairAction.RebootNode), finding.Actions);
        Assert.Equal((HealthState.Failed, HealthState.Healthy), (_node.State(0), _node.State(1)));
    }

    [Fact]
    public void One_that_asks_for_a_reset_gets_that_advice()
    {
        Become(DevicePresence.Lost, NoDataReason.ResetRequired);
        Assert.Equal(RepairAction.ResetDevice, Assert.Single(_node.Findings(0)).Actions.Repair);
    }

    [Theory]
    [InlineData(DevicePresence.Unknown)]
    [InlineData(DevicePresence.Excluded)]
    [InlineData(DevicePresence.Measured)]
    public void What_is_not_lost_raises_nothing(DevicePresence presence)
    {
        Become(presence, NoDataReason.None);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void Measured_again_without_a_reset_it_stays_and_after_one_it_clears()
    {
        Become(DevicePresence.Lost, NoDataReason.DeviceLost);
        Become(DevicePresence.Measured, NoDataReason.None);
        _node.Pass(600);
        Assert.Single(_node.Findings(0));
        _node.Node.DriverLoaded = _node.Now;
        _node.Pass(61);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void What_the_kernel_saw_fall_off_waits_for_a_reboot()
    {
        _node.Happen(0, HealthEventKind.DeviceFellOff, 0, "GPU has fallen off the bus.");
        Become(DevicePresence.Lost, NoDataReason.DeviceLost);
        Become(DevicePresence.Measured, NoDataReason.None);
        _node.Node.DriverLoaded = _node.Now;
        _node.Reset(0).Read(0, SignalId.Power, 100).Pass(600);
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal(Latch.Reboot, finding.Latch);
        Assert.Contains(finding.Evidence, evidence => evidence.Line.Contains("fallen off", StringComparison.Ordinal));
    }

    [Fact]
    public void It_stands_after_a_restart_of_the_agent()
    {
        Become(DevicePresence.Lost, NoDataReason.DeviceLost);
        Assert.Single(_node.Restarted(2, new DeviceLost()).Pass(600).Findings(0));
    }

    [Fact]
    public void An_operators_release_neither_clears_nor_raises()
    {
        Become(DevicePresence.Lost, NoDataReason.DeviceLost);
        Become(DevicePresence.Excluded, NoDataReason.SourceStopped);
        _node.Node.DriverLoaded = _node.Now;
        _node.Pass(600);
        Assert.Single(_node.Findings(0));
    }

    private void Become(DevicePresence presence, NoDataReason absence) => _node.Become(_node.Card(0), presence, absence).Ask();
}
