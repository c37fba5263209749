using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class RecoveryAdvisedTests() : RuleContract(new RecoveryAdvised(), Severity.Failed)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.RecoveryAction, 0, 0, 1);

    [Theory]
    [InlineData(1, Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice)]
    [InlineData(2, Severity.Failed, WorkAction.StopNow, RepairAction.RebootNode)]
    [InlineData(3, Severity.Degraded, WorkAction.CheckpointAndMove, RepairAction.ResetDevice)]
    [InlineData(4, Severity.Degraded, WorkAction.DrainWhenIdle, RepairAction.ResetDevice)]
    [InlineData(5, Severity.Degraded, WorkAction.CheckpointAndMove, RepairAction.InspectFabric)]
    [InlineData(6, Severity.Watch, WorkAction.Observe, RepairAction.None)]
    public void Each_advice_has_its_own_actions(int advice, Severity severity, WorkAction work, RepairAction repair)
    {
        Node.Read(0, SignalId.RecoveryAction, advice).Ask();
        var finding = Assert.Single(Node.Findings());
        Assert.Equal((severity, new RecommendedActions(work, repair)), (finding.Severity, finding.Actions));
    }
}
