using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class CallLatencyTests() : RuleContract(new CallLatency(), Severity.Watch, step: 10, cards: 4)
{
    [Theory]
    [InlineData(9.9, Severity.Watch)]
    [InlineData(10.1, Severity.Degraded)]
    public void From_ten_times_on_the_card_is_degraded(double times, Severity severity)
    {
        Calls(600, 100, 100 * times);
        Assert.Equal(severity, Assert.Single(Node.Findings()).Severity);
    }

    [Theory]
    [InlineData(40, false)] // twenty times the siblings' 2 ms, and 2.9 times what the scheduler alone may add
    [InlineData(44, true)]
    public void Siblings_that_answer_at_once_count_as_if_they_took_twenty_milliseconds(double milliseconds, bool isSlow)
    {
        Calls(600, 2, milliseconds);
        Assert.Equal(isSlow, Node.Findings().Any());
    }

    [Fact]
    public void Two_slow_minutes_are_not_three()
    {
        Calls(300, 100, 100);
        Calls(120, 100, 310);
        Calls(300, 100, 100);
        Assert.DoesNotContain(Node.Transitions, change => change.Finding is not null);
    }

    [Fact]
    public void All_of_them_slow_is_nobodys()
    {
        Calls(300, 100, 100);
        Calls(600, 2000, 2000);
        Assert.All([0, 1, 2, 3], card => Assert.Empty(Node.Findings(card)));
    }

    protected override void Read(Condition condition)
        => Call(100, condition switch { Condition.Well => 100, Condition.JustBelow => 295, Condition.Ill => 305, _ => 0 });

    /// <summary>A turn of each card, in milliseconds; zero where no call came back.</summary>
    private void Call(double siblings, double own)
    {
        for (var card = 0; card < 4; card++) Node.Call(card, TimeSpan.FromMilliseconds(card == 0 ? own : siblings));
    }

    private void Calls(int seconds, double siblings, double own)
    {
        for (var at = 0; at < seconds; at += 10)
        {
            Call(siblings, own);
            Node.Pass(10);
        }
    }
}
