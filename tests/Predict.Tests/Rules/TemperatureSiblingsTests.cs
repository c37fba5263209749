using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>The first of four cards at equal work, whose siblings are at 60 °C.</summary>
public class TemperatureSiblingsTests() : RuleContract(new TemperatureSiblings(), Severity.Watch, step: 10, soon: 900, cards: 4)
{
    private const double Siblings = 60;

    [Theory]
    [InlineData(SignalId.TemperatureGpu, 0)]
    [InlineData(SignalId.TemperatureMemory, 1)]
    public void Chip_and_memory_are_held_against_those_of_the_siblings(SignalId signal, long key)
    {
        Work(15, signal, 15);
        Assert.Empty(Node.Findings());
        Work(15, signal, 15.5);
        var finding = Assert.Single(Node.Findings());
        Assert.Equal(("temperature-siblings", Severity.Watch, key), (finding.Rule, finding.Severity, finding.Key));
        Assert.All([1, 2, 3], card => Assert.Empty(Node.Findings(card)));
        Work(25, signal, 15);
        Assert.Empty(Node.Findings());
    }

    [Theory]
    [InlineData(SignalId.TemperatureGpu, 2)]
    [InlineData(SignalId.TemperatureMemory, 3)]
    public void So_are_they_against_where_the_card_usually_lies(SignalId signal, long key)
    {
        Work(40, signal, 3);
        Work(30, signal, 11);
        Assert.Empty(Node.Findings());
        Work(15, signal, 11.5);
        Assert.Equal(key, Assert.Single(Node.Findings()).Key);
        Work(25, signal, 3);
        Assert.Empty(Node.Findings());
    }

    [Fact]
    public void A_minute_that_is_not_half_as_hot_is_enough_to_tell_nothing()
    {
        for (var i = 0; i < 6; i++)
        {
            Work(8, SignalId.TemperatureGpu, 22);
            Work(2, SignalId.TemperatureGpu, 7);
        }

        Assert.DoesNotContain(Node.Transitions, change => change.Finding is { Key: 0 });
    }

    [Fact]
    public void A_card_that_draws_more_may_be_hotter()
    {
        for (var at = 0; at < 1800; at += 10)
        {
            Read(0, Siblings + 20, power: 500);
            for (var card = 1; card < 4; card++) Read(card, Siblings);
            Node.Pass(10);
        }

        Assert.Empty(Node.Findings());
    }

    protected override void Read(Condition condition)
    {
        for (var card = 0; card < 4; card++) Read(card, Siblings);
        Put(condition, SignalId.TemperatureGpu, Siblings, Siblings + 15, Siblings + 15.5);
    }

    private void Read(int card, double temperature, double power = 400) => Node.Read(
        card,
        Reading.Of(SignalId.UtilizationGpu, 0.97),
        Reading.Of(SignalId.Power, power),
        Reading.Of(SignalId.TemperatureGpu, temperature),
        Reading.Of(SignalId.TemperatureMemory, temperature));

    /// <summary>The first card is so much hotter for so many minutes.</summary>
    private void Work(int minutes, SignalId signal, double hotter)
    {
        for (var at = 0; at < 60 * minutes; at += 10)
        {
            for (var card = 0; card < 4; card++) Read(card, Siblings);
            Node.Read(0, signal, Siblings + hotter).Pass(10);
        }
    }
}
