using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class ErrorRateSiblingsTests() : RuleContract(new ErrorRateSiblings(), Severity.Watch, soon: 3600, cards: 4)
{
    private readonly TestNode _node = new(4, new ErrorRateSiblings());
    private readonly double[] _counts = new double[4];
    private double _siblings;

    // Errors lose half of their weight in a day.
    protected override TimeSpan Healing => TimeSpan.FromDays(3);

    [Fact]
    public void A_card_with_far_more_replays_than_its_siblings_is_watched()
    {
        Grow(minutes: 60, 30, 1, 1, 1);
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal(("error-rate-siblings", Severity.Watch, 0L), (finding.Rule, finding.Severity, finding.Key));
        Assert.All([1, 2, 3], card => Assert.Empty(_node.Findings(card)));
    }

    [Fact]
    public void Four_times_the_siblings_is_not_five()
    {
        Grow(minutes: 240, 40, 10, 10, 10);
        Assert.Empty(_node.Findings(0));
    }

    [Theory]
    [InlineData(98_000, false)]
    [InlineData(102_000, true)]
    public void Where_errors_are_many_five_times_is_the_limit(double perHour, bool isRaised)
    {
        Grow(minutes: 60, perHour, 20_000, 20_000, 20_000);
        Assert.Equal(isRaised, _node.Findings(0).Any());
    }

    [Fact]
    public void A_storm_on_all_of_them_is_nobodys()
    {
        Grow(minutes: 60, 1000, 900, 1100, 1000);
        Assert.All([0, 1, 2, 3], card => Assert.Empty(_node.Findings(card)));
    }

    [Fact]
    public void A_counter_that_began_anew_is_not_growth()
    {
        Grow(minutes: 60, 1, 1, 1, 1);
        _node.Reset(0);
        _counts[0] = 0;
        Grow(minutes: 1, 0, 0, 0, 0);
        _node.Reset(0);
        _counts[0] = 50_000;
        Grow(minutes: 60, 1, 1, 1, 1);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void It_clears_as_old_errors_lose_their_weight()
    {
        Grow(minutes: 60, 30, 0, 0, 0);
        Assert.Single(_node.Findings(0));
        Grow(minutes: 24 * 60, 0, 0, 0, 0);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void The_step_of_a_driver_change_raises_nothing()
    {
        Grow(minutes: 60, 1, 1, 1, 1);
        _node.Node.DriverLoaded = _node.Now;
        _counts[0] += 170_000;
        Grow(minutes: 60, 1, 1, 1, 1);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void A_restart_forgets_none_of_the_errors()
    {
        Grow(minutes: 60, 30, 1, 1, 1);
        var before = Assert.Single(_node.Findings(0));
        _node.Restart();
        Grow(minutes: 60, 0, 1, 1, 1);
        Assert.Equal(before.FirstSeen, Assert.Single(_node.Findings(0)).FirstSeen);
        Assert.Single(_node.Transitions, change => change.Kind == HealthEventKind.FindingRaised);
        Grow(minutes: 24 * 60, 0, 0, 0, 0);
        Assert.Empty(_node.Findings(0));
    }

    /// <summary>A few an hour are in every fleet. Six times as many as beside it, over some hours, may still be chance.</summary>
    protected override void Read(Condition condition)
    {
        _siblings += (condition == Condition.JustBelow ? 10 : 1) / 60.0;
        for (var card = 1; card < 4; card++) Node.Read(card, SignalId.PcieReplays, Math.Floor(_siblings));
        Count(condition, SignalId.PcieReplays, 1 / 60.0, 60 / 60.0, 300 / 60.0);
    }

    /// <summary>So many errors an hour on each card, spread evenly; a question a minute.</summary>
    private void Grow(int minutes, params double[] perHour)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            for (var card = 0; card < perHour.Length; card++) _node.Read(card, SampleGroup.Slow, Reading.Of(SignalId.PcieReplays, Math.Floor(_counts[card] += perHour[card] / 60)));
            _node.Ask().Skip(60);
        }
    }
}
