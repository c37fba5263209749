using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.States;

public class ModeTests
{
    private readonly SaidRule _rule = new() { Holds = [new Verdict(0, 5, 3)] };
    private readonly TestNode _node;

    public ModeTests() => _node = new TestNode(1, _rule);

    [Fact]
    public void A_rule_that_only_observes_tells_and_changes_nothing_else()
    {
        _node.Set(_rule, RuleMode.Observe).Pass(2);
        Assert.True(Assert.Single(_node.Findings()).IsObserved);
        var assessment = _node.Judge.AssessmentOf(_node.Card(0).Device.Id)!;
        Assert.Equal((HealthState.Healthy, RecommendedActions.None, default(FailureProbability)), (assessment.State, assessment.Actions, assessment.Probability));
    }

    [Fact]
    public void When_it_counts_from_now_on_that_is_a_change_and_so_is_the_way_back()
    {
        _node.Set(_rule, RuleMode.Observe).Pass(2);
        _node.Set(_rule, RuleMode.On).Pass(1);
        Assert.Equal((HealthState.Degraded, 1), (_node.State(), _node.Told(HealthEventKind.FindingChanged)));
        _rule.IsWithheld = true;
        _node.Set(_rule, RuleMode.Observe).Pass(1);
        Assert.Equal((HealthState.Healthy, 2), (_node.State(), _node.Told(HealthEventKind.FindingChanged)));
    }

    [Fact]
    public void Switched_off_it_is_not_asked_and_what_it_said_is_closed()
    {
        _node.Pass(2);
        var asked = _rule.Asked;
        _node.Set(_rule, RuleMode.Off).Pass(10);
        Assert.Equal(asked, _rule.Asked);
        Assert.Equal((0, HealthState.Healthy), (_node.Findings().Count, _node.State()));
        Assert.Equal("the rule was switched off", _node.Transitions.Single(transition => transition.Kind == HealthEventKind.FindingCleared).Why);
    }

    [Fact]
    public void A_rule_with_a_grace_is_not_asked_in_the_first_minutes_of_a_boot_or_a_driver()
    {
        var rule = new SaidRule { Holds = [new Verdict(0, 5, 3)] };
        rule = new SaidRule { Sheet = rule.Sheet with { HasBootGrace = true }, Holds = [new Verdict(0, 5, 3)] };
        var node = new TestNode(1, new NodeHistory("boot", TestNode.Start), rule);
        node.Ask().Pass(NodeHistory.Grace - TimeSpan.FromSeconds(2));
        Assert.Empty(node.Findings());
        node.Now += TimeSpan.FromDays(365); // the clock was wrong since the boot, as it often is
        node.Ask();
        Assert.Empty(node.Findings());
        node.Pass(1);
        Assert.Single(node.Findings());
        node.Node.DriverIs("nvml", "570.1", node.Now);
        node.Node.DriverIs("nvml", "580.2", node.Now);
        rule.Holds = [];
        node.Pass(200);
        Assert.Single(node.Findings());
        node.Pass(200);
        Assert.Empty(node.Findings());
    }

    [Fact]
    public void A_rule_that_fails_costs_its_own_word_alone()
    {
        var broken = new SaidRule("broken") { IsBroken = true };
        var node = new TestNode(1, broken, _rule);
        node.Pass(3);
        Assert.Equal("said", Assert.Single(node.Findings()).Rule);
        Assert.Equal(3, node.Judge.Faults["broken"].Count);
    }
}
