using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class EnergyStandsStillTests() : RuleContract(new EnergyStandsStill(), Severity.Watch, step: 1)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.Power, 70);
        Count(condition, SignalId.Energy, 4200, 60, 0);
    }

    [Fact]
    public void A_card_that_draws_nothing_may_stand_still()
    {
        Node.Read(0, SignalId.Energy, 5).Read(0, SignalId.Power, 3).Pass(600);
        Assert.Empty(Node.Findings());
    }
}
