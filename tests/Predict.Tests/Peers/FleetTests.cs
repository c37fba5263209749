using Forewarn.Model;
using Forewarn.Predict.Peers;
using Forewarn.Predict.Rules;
using Forewarn.Predict.States;

namespace Forewarn.Predict.Tests.Peers;

public class FleetTests
{
    private static IHealthRule[] Rules => [new SlowCard(), new TemperatureSiblings(), new CallLatency(), new FieldsVanished(), new ErrorRateSiblings()];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_hundred_thousand_healthy_seconds_raise_nothing(int seed) => Assert.Empty(Raised(new Fleet(seed, Rules).Run(100_000)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_card_that_is_six_percent_slow_is_named_within_a_quarter_of_an_hour(int seed)
    {
        var fleet = new Fleet(seed, Rules) { IsBusy = true };
        fleet.Run(1200);
        Assert.Empty(Raised(fleet));
        fleet.Clock = 0.94;
        fleet.Run(900);
        var finding = Assert.Single(Raised(fleet)).Finding!;
        Assert.Equal(("slow-card", new DeviceId("GPU-2"), Severity.Degraded), (finding.Rule, finding.Device, finding.Severity));
    }

    [Fact]
    public void One_that_is_four_percent_slow_is_not()
    {
        var fleet = new Fleet(4, Rules) { IsBusy = true, Clock = 0.96 };
        Assert.Empty(Raised(fleet.Run(3600)));
    }

    [Theory]
    [InlineData(1.0, true)]
    [InlineData(0.85, true)]
    [InlineData(0.98, false)]
    public void One_whose_own_power_limit_sets_its_clock_does_its_job(double share, bool isHeld)
    {
        var fleet = new Fleet(4, new SlowCard()) { IsBusy = true, Clock = 0.8, AtLimit = (share, isHeld) };
        Assert.DoesNotContain(Raised(fleet.Run(3600)), transition => transition.Finding!.Key == 0);
    }

    [Fact]
    public void One_that_holds_itself_now_and_then_says_nothing_in_between()
    {
        var fleet = new Fleet(4, new SlowCard()) { IsBusy = true, Clock = 0.9 };
        for (var i = 0; i < 120; i++)
        {
            fleet.AtLimit = (1, true);
            fleet.Run(10).AtLimit = null;
            fleet.Run(20);
        }

        Assert.DoesNotContain(Raised(fleet), transition => transition.Finding!.Key == 0);
    }

    [Fact]
    public void One_that_holds_itself_though_it_draws_little_is_watched()
    {
        var fleet = new Fleet(4, new SlowCard()) { IsBusy = true, Clock = 0.8, AtLimit = (0.6, true) };
        var finding = Raised(fleet.Run(900)).Single(transition => transition.Finding!.Key == 0).Finding!;
        Assert.Equal(Severity.Watch, finding.Severity);
        Assert.Contains("draws less", finding.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slow_card_is_slow_beside_siblings_that_hold_themselves_too()
    {
        var fleet = new Fleet(4, new SlowCard()) { IsBusy = true, Clock = 0.8, OthersAtLimit = true };
        Assert.Contains(Raised(fleet.Run(900)), transition => transition.Finding is { Key: 0, Severity: Severity.Degraded });
    }

    [Fact]
    public void What_was_slow_stays_so_while_its_power_limit_hides_it()
    {
        var fleet = new Fleet(5, new SlowCard()) { IsBusy = true, Clock = 0.9 };
        fleet.Run(900).AtLimit = (1, true);
        fleet.Run(1800);
        Assert.Contains(fleet.Findings(2), finding => finding.Key == 0);
        (fleet.Clock, fleet.AtLimit) = (1, null);
        Assert.Empty(fleet.Run(1200).Findings(2));
    }

    [Theory]
    [InlineData(0, Severity.Info)] // from the first on: its silicon, or its work
    [InlineData(3600, Severity.Watch)]
    public void Less_power_at_the_same_work_is_watched_where_it_is_new(int healthy, Severity severity)
    {
        var fleet = new Fleet(4, new SlowCard()) { IsBusy = true };
        fleet.Run(healthy).AtLimit = (0.68, false);
        var finding = Assert.Single(fleet.Run(3600).Findings(2));
        Assert.Equal((1L, severity), (finding.Key, finding.Severity));
    }

    [Fact]
    public void Cards_of_several_jobs_are_not_held_against_each_other_in_power()
    {
        var fleet = new Fleet(4, new SlowCard()) { IsBusy = true, OthersDraw = [1, 1, 1, 0.7, 0.7, 0.4, 0.4, 0.4] };
        Assert.Empty(Raised(fleet.Run(3600)));
    }

    [Fact]
    public void A_minute_of_slowness_is_not()
    {
        var fleet = new Fleet(4, Rules) { IsBusy = true };
        fleet.Run(1200).Clock = 0.5;
        fleet.Run(60).Clock = 1;
        Assert.Empty(Raised(fleet.Run(1200)));
    }

    [Fact]
    public void A_slow_card_is_cleared_when_it_is_as_fast_as_the_others_again()
    {
        var fleet = new Fleet(5, Rules) { IsBusy = true, Clock = 0.9 };
        fleet.Run(900);
        Assert.Single(fleet.Findings(2));
        fleet.Clock = 1;
        fleet.Run(900);
        Assert.Empty(fleet.Findings(2));
    }

    [Fact]
    public void A_cooler_that_gives_way_shows_against_habit_long_before_it_does_against_siblings()
    {
        var fleet = new Fleet(6, Rules) { IsBusy = true };
        fleet.Run(4000).Heat = 11;
        fleet.Run(1500);
        Assert.All(Raised(fleet), transition => Assert.Equal(("temperature-siblings", new DeviceId("GPU-2")), (transition.Finding!.Rule, transition.Finding.Device)));
        Assert.Equal([2L, 3L], Raised(fleet).Select(transition => transition.Finding!.Key).Order());
    }

    [Fact]
    public void Slow_calls_are_watched_and_very_slow_ones_degrade()
    {
        var fleet = new Fleet(7, Rules);
        fleet.Run(300).CallTime = 30;
        fleet.Run(300);
        var finding = Assert.Single(fleet.Findings(2));
        Assert.Equal(("call-latency", Severity.Watch), (finding.Rule, finding.Severity));
        fleet.CallTime = 200;
        fleet.Run(300);
        Assert.Equal(Severity.Degraded, Assert.Single(fleet.Findings(2)).Severity);
        fleet.CallTime = 1;
        fleet.Run(600);
        Assert.Empty(fleet.Findings(2));
    }

    [Fact]
    public void With_fewer_than_three_siblings_at_equal_load_nobody_is_judged()
    {
        var fleet = new Fleet(8, Rules) { IsBusy = true, Clock = 0.5 };
        for (var i = 4; i < Fleet.Cards; i++) fleet.Histories[i].Device = fleet.Histories[i].Device with { Name = "H100" };
        fleet.Histories[0].Become(DevicePresence.Excluded, NoDataReason.SourceStopped, fleet.Now);
        fleet.Run(1200);
        Assert.Equal(0, fleet.Histories[2].Peers[PeerSignal.Clock].Filled);
        Assert.Equal(10, fleet.Histories[5].Peers[PeerSignal.Clock].Filled);
        Assert.Empty(fleet.Findings(2));
    }

    [Fact]
    public void A_step_of_everything_at_a_new_driver_raises_nothing()
    {
        var fleet = new Fleet(9, Rules) { IsBusy = true };
        fleet.Run(2500);
        fleet.Node.DriverLoaded = fleet.Now;
        (fleet.Heat, fleet.CounterGeneration) = (11, 2);
        Assert.Empty(Raised(fleet.Run(2000)));
    }

    [Fact]
    public void A_state_that_was_kept_over_a_restart_tells_as_soon()
    {
        var before = new Fleet(10, Rules) { IsBusy = true, Clock = 0.9 };
        before.Run(590);
        Assert.Empty(Raised(before));
        var after = new Fleet(10, Rules) { IsBusy = true, Clock = 0.9 };
        for (var i = 0; i < Fleet.Cards; i++)
        {
            var bytes = new byte[PeerStates.SavedSize];
            before.Histories[i].Peers.Save(bytes);
            Assert.True(after.Histories[i].Peers.Load(bytes));
        }

        after.Run(70);
        Assert.Equal("slow-card", Assert.Single(Raised(after)).Finding!.Rule);
    }

    [Fact]
    public void Asking_allocates_nothing()
    {
        var fleet = new Fleet(11, Rules) { IsBusy = true, Clock = 0.9, CallTime = 300 };
        fleet.Run(900);
        var (card, verdicts) = (fleet.Histories[2], new Verdicts());
        Assert.All(RuleList.All, rule =>
        {
            var subject = new Subject(rule.Sheet.Scope == RuleScope.Node ? fleet.Node.Self : card, fleet.Node, RuleSettings.Default(rule.Sheet), fleet.Now);
            Assert.Equal((rule.Sheet.Name, 0L), (rule.Sheet.Name, Allocated.By(() =>
            {
                verdicts.Clear();
                rule.Evaluate(in subject, verdicts);
            })));
        });
        var now = fleet.Now;
        Assert.Equal(0, Allocated.By(() =>
        {
            card.Peers.Compared = default;
            PeerComparison.Take(card, fleet.Node, now);
        }));
    }

    private static List<Transition> Raised(Fleet fleet) => [.. fleet.Transitions.Where(transition => transition.Kind == HealthEventKind.FindingRaised)];
}
