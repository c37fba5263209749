using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class LimitsBelowSiblingsTests() : RuleContract(new LimitsBelowSiblings(), Severity.Info, soon: 1500, cards: 4)
{
    [Fact]
    public void With_fewer_than_three_siblings_nobody_can_tell()
    {
        var node = new TestNode(3, new LimitsBelowSiblings());
        for (var card = 0; card < 3; card++) node.Read(card, SignalId.PowerLimit, card == 0 ? 300 : 700);
        Assert.Empty(node.Pass(TimeSpan.FromHours(1)).Findings());
    }

    [Fact]
    public void The_siblings_are_not_called_high()
    {
        for (var card = 0; card < 4; card++) Node.Read(card, SignalId.PowerLimit, card == 0 ? 300 : 700);
        Node.Pass(TimeSpan.FromHours(1));
        Assert.Equal([1, 0, 0, 0], Enumerable.Range(0, 4).Select(card => Node.Findings(card).Count));
    }

    protected override void Read(Condition condition)
    {
        for (var card = 1; card < 4; card++) Node.Read(card, SignalId.PowerLimit, 700);
        Put(condition, SignalId.PowerLimit, 700, 688, 600);
    }
}
