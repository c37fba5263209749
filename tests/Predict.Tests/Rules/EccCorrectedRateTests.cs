using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class EccCorrectedRateTests() : RuleContract(new EccCorrectedRate(), Severity.Degraded, step: 1, soon: 60)
{
    protected override void Read(Condition condition)
    {
        // The storm of a card that was reported from a GB200 rack, and what is just no storm and comes too briefly to be watched.
        Count(condition, SignalId.EccCorrected, 0.01, 5, 4600 * 60);
    }

    [Fact]
    public void A_trickle_that_goes_on_is_watched()
    {
        for (var minute = 0; minute < 60; minute++) Node.Read(0, SignalId.EccCorrected, minute * 30).Pass(60);
        Assert.Equal(Severity.Watch, Assert.Single(Node.Findings()).Severity);
    }

    [Fact]
    public void A_storm_is_seen_in_two_readings_of_a_counter_that_is_read_once_a_minute()
    {
        for (var minute = 0; minute < 4; minute++) Node.Read(0, SignalId.EccCorrected, 4600.0 * 60 * minute).Pass(60);
        Assert.Equal(Severity.Degraded, Assert.Single(Node.Findings()).Severity);
    }

    [Fact]
    public void A_storm_is_seen_while_every_call_takes_half_a_minute()
    {
        var errors = 0.0;
        for (var call = 0; call < 3; call++) Node.Read(0, SignalId.EccCorrected, errors += 17_700 * 25).Pass(25);
        Assert.Equal(Severity.Degraded, Assert.Single(Node.Findings()).Severity);
    }

    [Fact]
    public void One_jump_is_no_storm_however_high()
    {
        Node.Read(0, SignalId.EccCorrected, 1_000).Pass(60);
        Node.Read(0, SignalId.EccCorrected, 170_000_000).Pass(1);
        for (var minute = 0; minute < 20; minute++) Node.Read(0, SignalId.EccCorrected, 170_000_000 + minute).Pass(60);
        Assert.DoesNotContain(Node.Transitions, transition => transition.Finding is not null);
    }

    [Fact]
    public void A_card_that_counts_over_its_life_alone_is_judged_by_that()
    {
        for (var second = 0; second < 60; second++) Node.Read(0, SignalId.EccLifetimeCorrected, 4600.0 * second).Pass(1);
        Assert.Equal(Severity.Degraded, Assert.Single(Node.Findings()).Severity);
    }
}
