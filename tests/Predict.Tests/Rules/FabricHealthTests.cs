using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class FabricHealthTests() : RuleContract(new FabricHealth(), Severity.Degraded)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.FabricDegradedBandwidth, 0, 0, 1);
        Put(condition, SignalId.FabricMisconfiguration, 1, 1, 1);
    }

    [Theory]
    [InlineData(SignalId.FabricRouteUnhealthy, 1, Severity.Degraded)]
    [InlineData(SignalId.FabricRouteRecovery, 1, Severity.Watch)]
    [InlineData(SignalId.FabricAccessTimeoutRecovery, 1, Severity.Watch)]
    [InlineData(SignalId.FabricMisconfiguration, 7, Severity.Degraded)]
    [InlineData(SignalId.FabricMisconfiguration, 15, Severity.Degraded)]
    [InlineData(SignalId.FabricHealth, 2, Severity.Degraded)]
    [InlineData(SignalId.FabricHealth, 3, Severity.Watch)]
    public void Each_condition_has_its_severity(SignalId signal, double value, Severity severity)
    {
        Node.Read(0, signal, value).Pass(120);
        Assert.Equal(severity, Assert.Single(Node.Findings()).Severity);
    }

    [Fact]
    public void The_summary_is_told_where_nothing_else_says_why()
    {
        Node.Read(0, SignalId.FabricHealth, 2).Read(0, SignalId.FabricRouteUnhealthy, 1).Pass(120);
        Assert.Equal(1, Assert.Single(Node.Findings()).Key);
    }
}
