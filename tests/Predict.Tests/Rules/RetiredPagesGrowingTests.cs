using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class RetiredPagesGrowingTests() : RuleContract(new RetiredPagesGrowing(), Severity.Failing, step: 3600, soon: 2 * 86400)
{
    private int _turn;

    [Fact]
    public void Few_pages_may_grow()
    {
        for (var pages = 0; pages <= 15; pages++) Node.Read(0, SignalId.RetiredPagesDoubleBit, pages).Leap(TimeSpan.FromHours(15));
        Assert.Empty(Node.Findings());
        Node.Read(0, SignalId.RetiredPagesDoubleBit, 16).Ask();
        Assert.Single(Node.Findings());
    }

    // Another page a day; just below, one in all.
    protected override void Read(Condition condition)
    {
        _turn++;
        Count(condition, SignalId.RetiredPagesDoubleBit, 0, _turn == 3 ? 1 / 60.0 : 0, _turn % 20 == 0 ? 1 / 60.0 : 0);
    }
}
