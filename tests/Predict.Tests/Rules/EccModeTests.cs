using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class EccModeTests() : RuleContract(new EccMode(), Severity.Info)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.EccEnabled, 1, 1, 0);
        Put(condition, SignalId.EccDefault, 1, 1, 1);
        Put(condition, SignalId.EccPending, 1, 1, 1);
    }

    [Fact]
    public void Off_by_default_is_no_finding()
    {
        Node.Read(0, SignalId.EccEnabled, 0).Read(0, SignalId.EccDefault, 0).Read(0, SignalId.EccPending, 0).Ask();
        Assert.Empty(Node.Findings());
    }

    [Fact]
    public void A_change_that_waits_is_told()
    {
        Node.Read(0, SignalId.EccEnabled, 1).Read(0, SignalId.EccDefault, 1).Read(0, SignalId.EccPending, 0).Ask();
        Assert.Contains("off after the next reset", Assert.Single(Node.Findings()).Summary, StringComparison.Ordinal);
        Assert.Equal(HealthState.Healthy, Node.State());
    }
}
