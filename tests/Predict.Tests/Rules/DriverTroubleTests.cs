using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class DriverTroubleTests
{
    private static IHealthRule[] Rules => [new DriverTrouble(RuleScope.Device), new DriverTrouble(RuleScope.Node)];

    private readonly TestNode _node = new(2, Rules);

    [Fact]
    public void A_card_that_could_not_be_started_is_degraded()
    {
        Say("RmInitAdapter");
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal(("driver-trouble", 0L, Severity.Degraded, Latch.Reset), (finding.Rule, finding.Key, finding.Severity, finding.Latch));
        Assert.Empty(_node.Findings(1));
        Assert.Empty(_node.NodeFindings());
    }

    [Fact]
    public void One_that_likely_needs_a_reset_is_told_apart()
    {
        Say("GSP", needsReset: true);
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal((2L, RepairAction.ResetDevice), (finding.Key, finding.Actions.Repair));
    }

    [Theory]
    [InlineData("assertion")]
    [InlineData("reported")]
    public void A_failed_assertion_and_an_error_of_unknown_gravity_are_watched(string unit)
    {
        Say(unit);
        Assert.Equal(Severity.Watch, Assert.Single(_node.Findings(0)).Severity);
    }

    [Fact]
    public void Without_a_card_it_is_the_nodes()
    {
        _node.HappenToNode(HealthEventKind.DriverTrouble, unit: "version").Ask();
        Assert.Equal("node-driver-trouble", Assert.Single(_node.NodeFindings()).Rule);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void Age_does_not_clear_it_a_reset_does()
    {
        _node.Read(0, SignalId.Energy, 1);
        Say("GSP", needsReset: true);
        _node.Pass(7200);
        Assert.Single(_node.Findings(0));
        _node.Read(0, SignalId.Energy, 5).Reset(0).Read(0, SignalId.Energy, 1).Pass(62);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void It_stands_after_a_restart()
    {
        Say("RmInitAdapter");
        Assert.Single(_node.Restarted(2, Rules).Pass(600).Findings(0));
    }

    private void Say(string unit, bool? needsReset = null)
        => _node.Happen(0, HealthEventKind.DriverTrouble, 0, $"trouble of {unit}", new EventDetail { Unit = unit, NeedsReset = needsReset }).Ask();
}
