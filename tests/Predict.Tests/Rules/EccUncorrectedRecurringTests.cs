using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class EccUncorrectedRecurringTests() : RuleContract(new EccUncorrectedRecurring(), Severity.Failing, soon: 1200)
{
    private int _turn;

    [Theory]
    [InlineData(0.3)]
    [InlineData(1.5)]
    [InlineData(5)]
    [InlineData(20)]
    [InlineData(100)]
    public void Hours_later_is_again(double hours)
    {
        Errors(0);
        Errors(1).Leap(TimeSpan.FromHours(hours));
        Assert.Empty(Node.Findings());
        Errors(2);
        Assert.Equal(WorkAction.CheckpointAndMove, Assert.Single(Node.Findings()).Actions.Work);
    }

    [Fact]
    public void A_burst_within_minutes_is_one()
    {
        Errors(0);
        Errors(1).Pass(60);
        Errors(3).Pass(120);
        Assert.Empty(Node.Findings());
    }

    [Fact]
    public void A_reset_between_the_two_hides_nothing()
    {
        Errors(0);
        Errors(1).Leap(TimeSpan.FromHours(3));
        Node.Reset(0);
        Errors(2);
        Assert.Single(Node.Findings());
    }

    private TestNode Errors(double count) => Node.Read(0, SignalId.EccLifetimeUncorrected, count).Ask();

    // One error and no more while it is just below; ill, one every ten minutes.
    protected override void Read(Condition condition)
    {
        _turn++;
        Count(condition, SignalId.EccLifetimeUncorrected, 0, _turn == 2 ? 1 : 0, _turn % 10 == 0 ? 1 : 0);
    }
}
