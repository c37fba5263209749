using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class TemperatureNearShutdownTests() : RuleContract(new TemperatureNearShutdown(), Severity.Failing, step: 1)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.TemperatureGpu, 50, 89, 90);
        Put(condition, SignalId.TemperatureLimitShutdown, 92, 92, 92);
    }

    [Fact]
    public void A_newer_card_tells_it_by_its_margin()
    {
        Node.Read(0, SignalId.TemperatureMargin, -6).Read(0, SignalId.TemperatureTLimitShutdown, -8).Pass(10);
        Assert.Single(Node.Findings());
    }
}
