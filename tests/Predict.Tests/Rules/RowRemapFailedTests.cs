using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class RowRemapFailedTests
{
    private readonly TestNode _node = new(2, new RowRemapFailed());

    [Fact]
    public void The_flag_makes_that_card_failing_at_once()
    {
        _node.Read(0, SignalId.RowRemapFailed, 1).Read(1, SignalId.RowRemapFailed, 0).Ask();
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal(("row-remap-failed", Severity.Failing), (finding.Rule, finding.Severity));
        Assert.Equal(new RecommendedActions(WorkAction.CheckpointAndMove, RepairAction.ReplaceHardware), finding.Actions);
        Assert.Equal((HealthState.Failing, HealthState.Healthy), (_node.State(0), _node.State(1)));
    }

    [Fact]
    public void Neither_a_reset_nor_age_clears_it()
    {
        _node.Read(0, SignalId.RowRemapFailed, 1).Ask();
        _node.Reset(0).Read(0, SignalId.RowRemapFailed, 0).Pass(3600);
        Assert.Single(_node.Findings(0));
    }

    [Fact]
    public void What_cannot_be_read_raises_nothing_and_clears_nothing()
    {
        _node.Read(0, Reading.None(SignalId.RowRemapFailed, NoDataReason.NotSupported)).Ask();
        Assert.Empty(_node.Findings(0));
        _node.Read(0, SignalId.RowRemapFailed, 1).Ask().Read(0, Reading.None(SignalId.RowRemapFailed, NoDataReason.DeviceLost)).Pass(3600);
        Assert.Single(_node.Findings(0));
    }
}
