using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class LinkRecoveriesTests() : RuleContract(new LinkRecoveries(), Severity.Degraded)
{
    protected override double First => 0;

    protected override void Read(Condition condition)
    {
        Count(condition, SignalId.LinkRecoveriesSuccessful, 0, 0, 1, 5);
        Count(condition, SignalId.LinkRecoveriesFailed, 0, 0, 1, 5);
    }

    [Fact]
    public void One_is_watched_and_another_later_is_too_many()
    {
        Recoveries(0).Pass(60);
        Recoveries(1).Pass(60);
        Assert.Equal(Severity.Watch, Assert.Single(Node.Findings()).Severity);
        Node.Pass(1200);
        Recoveries(2).Pass(60);
        Assert.Equal(Severity.Degraded, Assert.Single(Node.Findings()).Severity);
    }

    private TestNode Recoveries(double count) => Node.Read(0, SignalId.LinkErrorsRecovery, count, 2);
}
