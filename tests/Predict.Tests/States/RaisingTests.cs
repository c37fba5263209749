using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.States;

public class RaisingTests
{
    private static readonly Verdict Ill = new(0, 5, 3);

    private readonly SaidRule _rule = Rule(debounce: 10, clearAfter: 60);
    private readonly TestNode _node;

    public RaisingTests() => _node = new TestNode(1, _rule);

    private static SaidRule Rule(double debounce, double clearAfter)
    {
        var plain = new SaidRule();
        return new SaidRule { Sheet = plain.Sheet with { Debounce = Delay.Debounce(TimeSpan.FromSeconds(debounce), "test"), ClearAfter = Delay.ClearAfter(TimeSpan.FromSeconds(clearAfter), "test") } };
    }

    [Fact]
    public void It_is_raised_when_it_has_held_long_enough_and_not_before()
    {
        _node.Ask();
        _rule.Holds = [Ill];
        _node.Pass(10);
        Assert.Empty(_node.Findings());
        _node.Pass(1);
        var finding = Assert.Single(_node.Findings());
        Assert.Equal((TestNode.Start + TimeSpan.FromSeconds(1), 1), (finding.FirstSeen, finding.Count));
        Assert.Equal(HealthState.Degraded, _node.State());
    }

    [Fact]
    public void A_break_begins_the_delay_anew()
    {
        for (var i = 0; i < 20; i++)
        {
            _rule.Holds = [Ill];
            _node.Pass(9);
            _rule.Holds = [];
            _node.Pass(1);
        }

        Assert.Equal(0, _node.Told(HealthEventKind.FindingRaised));
    }

    [Fact]
    public void A_verdict_that_knows_since_when_needs_no_further_delay()
    {
        _rule.Holds = [Ill with { Since = TestNode.Start - TimeSpan.FromSeconds(10) }];
        _node.Ask();
        Assert.Equal(TestNode.Start - TimeSpan.FromSeconds(10), Assert.Single(_node.Findings()).FirstSeen);
    }

    [Fact]
    public void Time_that_nobody_watched_delays_nothing_and_proves_nothing()
    {
        _rule.Holds = [Ill];
        _node.Pass(3);
        _node.Now += TimeSpan.FromHours(1);
        _node.Ask();
        Assert.Empty(_node.Findings());
        _node.Pass(8);
        Assert.Single(_node.Findings());
        _rule.Holds = [];
        _node.Pass(3);
        _node.Now += TimeSpan.FromHours(1);
        _node.Ask();
        Assert.Single(_node.Findings());
    }

    [Fact]
    public void What_comes_and_goes_is_one_finding_with_a_count()
    {
        _rule.Holds = [Ill];
        _node.Pass(12);
        for (var i = 0; i < 5; i++)
        {
            _rule.Holds = [];
            _node.Pass(59);
            _rule.Holds = [Ill];
            _node.Pass(1);
        }

        Assert.Equal((1, 0), (_node.Told(HealthEventKind.FindingRaised), _node.Told(HealthEventKind.FindingCleared)));
        _node.Pass(10);
        Assert.Equal(6, Assert.Single(_node.Findings()).Count);
    }

    [Fact]
    public void It_is_cleared_when_its_cause_was_gone_long_enough()
    {
        _rule.Holds = [Ill];
        _node.Pass(12);
        _rule.Holds = [];
        _node.Pass(60);
        Assert.Single(_node.Findings());
        _node.Pass(1);
        Assert.Empty(_node.Findings());
        Assert.Equal(HealthState.Healthy, _node.State());
        Assert.Equal(TestNode.Start + TimeSpan.FromSeconds(12), _node.Transitions.Single(transition => transition.Kind == HealthEventKind.FindingCleared).Finding!.LastSeen);
    }

    [Theory]
    [InlineData(DevicePresence.Stalled)]
    [InlineData(DevicePresence.Lost)]
    [InlineData(DevicePresence.Excluded)]
    [InlineData(DevicePresence.Unknown)]
    public void Neither_age_nor_silence_clears_it(DevicePresence presence)
    {
        _rule.Holds = [Ill];
        _node.Pass(12);
        _rule.Holds = [];
        _node.Become(_node.Card(0), presence).Pass(3600);
        Assert.Single(_node.Findings());
        _rule.IsWithheld = true;
        _node.Become(_node.Card(0), DevicePresence.Measured).Pass(3600);
        Assert.Single(_node.Findings());
        Assert.Equal(HealthState.Degraded, _node.State());
    }

    [Fact]
    public void A_rule_says_several_things_at_once()
    {
        _rule.Holds = [Ill with { Key = 1 }, Ill with { Key = 2 }, Ill with { Key = 2, Severity = Severity.Info }];
        _node.Pass(12);
        Assert.Equal([(1, Severity.Degraded), (2, Severity.Degraded)], _node.Findings().Select(finding => (finding.Key, finding.Severity)));
        _rule.Holds = [Ill with { Key = 2 }];
        _node.Pass(62);
        Assert.Equal(2, Assert.Single(_node.Findings()).Key);
    }

    [Fact]
    public void Worse_is_told_at_once_and_better_after_a_while()
    {
        _rule.Holds = [Ill];
        _node.Pass(12);
        _rule.Holds = [Ill with { Severity = Severity.Failing }];
        _node.Pass(1);
        Assert.Equal(HealthState.Failing, _node.State());
        _rule.Holds = [Ill];
        _node.Pass(59);
        Assert.Equal(HealthState.Failing, _node.State());
        _rule.Holds = [Ill with { Severity = Severity.Failing }];
        _node.Pass(1);
        _rule.Holds = [Ill];
        _node.Pass(59);
        Assert.Equal(HealthState.Failing, _node.State());
        _node.Pass(1);
        Assert.Equal(HealthState.Degraded, _node.State());
        Assert.Equal((1, 2, 0), (_node.Told(HealthEventKind.FindingRaised), _node.Told(HealthEventKind.FindingChanged), _node.Told(HealthEventKind.FindingCleared)));
    }

    [Fact]
    public void It_becomes_no_milder_than_it_was_meanwhile()
    {
        _rule.Holds = [Ill with { Severity = Severity.Failed }];
        _node.Pass(12);
        for (var i = 0; i < 30; i++)
        {
            _rule.Holds = [Ill with { Severity = Severity.Watch }];
            _node.Pass(2);
            _rule.Holds = [Ill];
            _node.Pass(2);
        }

        Assert.Equal(HealthState.Degraded, _node.State());
        Assert.Equal(1, _node.Told(HealthEventKind.FindingChanged));
    }

    [Fact]
    public void Stronger_advice_of_the_same_severity_is_told_as_well()
    {
        _rule.Holds = [Ill];
        _node.Pass(12);
        _rule.Holds = [Ill with { Actions = new(WorkAction.StopNow, RepairAction.None) }];
        _node.Pass(1);
        Assert.Equal(WorkAction.StopNow, _node.Transitions.Single(transition => transition.Kind == HealthEventKind.FindingChanged).Finding!.Actions.Work);
    }

    [Fact]
    public void Numbers_that_move_are_worded_every_ten_seconds()
    {
        _rule.Holds = [Ill];
        _node.Pass(11);
        Assert.Equal(1, _rule.Worded);
        for (var i = 0; i < 60; i++)
        {
            _rule.Holds = [Ill with { Value = 6 + i }];
            _node.Pass(1);
        }

        Assert.Equal(7, _rule.Worded);
        _node.Pass(1800);
        Assert.Equal(7, _rule.Worded);
        Assert.True(_node.Now - Assert.Single(_node.Findings()).LastSeen <= TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void The_site_may_set_both_delays()
    {
        var sheet = _rule.Sheet;
        _node.Judge.Configure(new Dictionary<string, RuleSettings>
        {
            [sheet.Name] = new(RuleMode.On, [KeyValuePair.Create(sheet.Debounce, 20.0), KeyValuePair.Create(sheet.ClearAfter, 5.0)]),
        });
        _node.Ask();
        _rule.Holds = [Ill];
        Assert.Empty(_node.Pass(20).Findings());
        Assert.Single(_node.Pass(1).Findings());
        _rule.Holds = [];
        Assert.Single(_node.Pass(5).Findings());
        Assert.Empty(_node.Pass(1).Findings());
    }
}
