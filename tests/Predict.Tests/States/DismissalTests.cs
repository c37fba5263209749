using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.States;

public class DismissalTests
{
    private readonly SaidRule _rule = new();
    private readonly TestNode _node;

    public DismissalTests()
    {
        _node = new TestNode(1, _rule);
        _rule.Holds = [new Verdict(7, 4, 0)];
        _node.Pass(2);
    }

    private bool Dismiss(string rule = "said", long? key = null) => _node.Judge.Dismiss(_node.Card(0), rule, key, "diagnosis passed", _node.Now, _node.Transitions);

    [Fact]
    public void It_is_gone_at_once_and_stays_away_over_restarts()
    {
        Assert.True(Dismiss());
        Assert.Equal((0, HealthState.Healthy), (_node.Findings().Count, _node.State()));
        Assert.Equal("diagnosis passed", _node.Transitions.Single(transition => transition.Kind == HealthEventKind.FindingCleared).Why);
        _node.Pass(3600);
        _node.Restart().Pass(3600);
        Assert.Empty(_node.Findings());
        Assert.Equal("diagnosis passed", Assert.Single(_node.Card(0).Dismissals).Why);
    }

    [Theory]
    [InlineData("other", null)]
    [InlineData("said", 8L)]
    public void What_is_not_there_cannot_be_cleared(string rule, long? key)
    {
        Assert.False(Dismiss(rule, key));
        Assert.Single(_node.Findings());
    }

    [Fact]
    public void It_comes_back_when_it_grows_worse()
    {
        Dismiss(key: 7);
        _rule.Holds = [new Verdict(7, 6, 0)];
        _node.Pass(100);
        Assert.Empty(_node.Findings());
        _rule.Holds = [new Verdict(7, 7, 0)];
        _node.Pass(1);
        Assert.Single(_node.Findings());
        Assert.Empty(_node.Card(0).Dismissals);
    }

    [Fact]
    public void It_comes_back_when_it_becomes_graver()
    {
        Dismiss();
        _rule.Holds = [new Verdict(7, 4, 0) { Severity = Severity.Failing }];
        _node.Pass(1);
        Assert.Equal(HealthState.Failing, _node.State());
    }

    [Fact]
    public void A_number_below_its_threshold_grows_worse_downwards()
    {
        _rule.Holds = [new Verdict(8, 10, 20)];
        _node.Pass(1);
        Dismiss(key: 8);
        _rule.Holds = [new Verdict(8, 19, 20)];
        _node.Pass(10);
        Assert.DoesNotContain(_node.Findings(), finding => finding.Key == 8);
        _rule.Holds = [new Verdict(8, 4, 20)];
        _node.Pass(1);
        Assert.Contains(_node.Findings(), finding => finding.Key == 8);
    }

    [Fact]
    public void An_event_that_happens_again_brings_it_back()
    {
        _rule.Holds = [new Verdict(9, 1, 0) { Last = _node.Now }];
        _node.Pass(1);
        Dismiss(key: 9);
        _node.Pass(60);
        Assert.DoesNotContain(_node.Findings(), finding => finding.Key == 9);
        _rule.Holds = [new Verdict(9, 2, 0) { Last = _node.Now }];
        _node.Pass(1);
        Assert.Contains(_node.Findings(), finding => finding.Key == 9);
    }

    [Fact]
    public void When_its_cause_is_gone_it_is_as_if_never_cleared()
    {
        Dismiss();
        _rule.Holds = [];
        _node.Pass(30);
        _rule.Holds = [new Verdict(7, 4, 0)];
        _node.Pass(30);
        Assert.Empty(_node.Findings());
        _rule.Holds = [];
        _node.Pass(62);
        Assert.Empty(_node.Card(0).Dismissals);
        _rule.Holds = [new Verdict(7, 4, 0)];
        _node.Pass(1);
        Assert.Single(_node.Findings());
    }
}
