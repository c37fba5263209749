using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class FabricUnjoinedTests() : RuleContract(new FabricUnjoined(), Severity.Degraded)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.FabricState, 3, 3, 1);

    [Fact]
    public void Under_way_for_minutes_is_worth_a_look()
    {
        Node.Read(0, SignalId.FabricState, 2).Pass(240);
        Assert.Equal(Severity.Watch, Assert.Single(Node.Findings()).Severity);
    }

    [Fact]
    public void Joined_with_an_error_is_told_with_its_number()
    {
        Node.Read(0, SignalId.FabricState, 3).Read(0, SignalId.FabricStatus, 9).Pass(240);
        Assert.Contains("the driver's error 9", Assert.Single(Node.Findings()).Summary, StringComparison.Ordinal);
    }
}
