using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class RuleListTests
{
    [Fact]
    public void The_names_stand_in_order_and_once_each()
    {
        var names = RuleList.All.Select(rule => rule.Sheet.Name).ToList();
        Assert.Equal(names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), names);
        Assert.All(names, name => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", name));
    }

    [Fact]
    public void What_asks_for_another_card_stands_until_there_is_one()
        => Assert.All(RuleList.All.Where(rule => rule.Sheet.Actions.Repair == RepairAction.ReplaceHardware), rule => Assert.Equal(Latch.Repair, rule.Sheet.Latch));

    [Fact]
    public void A_number_of_our_own_says_why() => Assert.All(RuleList.All, rule => Assert.All(
        rule.Sheet.Thresholds.Select(threshold => threshold.Origin).Append(rule.Sheet.ProbabilityOrigin),
        origin => Assert.True(!origin.StartsWith("own", StringComparison.Ordinal) || origin.Length > "own: because".Length, $"{rule.Sheet.Name}: {origin}")));

    [Fact]
    public void Asking_every_rule_allocates_nothing()
    {
        var node = new TestNode(8, [.. RuleList.All]);
        Warm(node);
        var verdicts = new Verdicts();
        var subjects = RuleList.All.Where(rule => rule.Sheet.Scope == RuleScope.Device)
            .SelectMany(rule => node.Node.Devices.Select(device => (rule, new Subject(device, node.Node, RuleSettings.Default(rule.Sheet), node.Now)))).ToArray();
        for (var warming = 0; warming < 3; warming++) AskAll(subjects, verdicts);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var turn = 0; turn < 1000; turn++) AskAll(subjects, verdicts);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_card_in_good_order_has_no_finding()
    {
        var node = new TestNode(8, [.. RuleList.All]);
        for (var minute = 0; minute < 15; minute++) ReadAll(node, 20, minute).Pass(60);
        Assert.Equal([], Raised(node, Severity.Info));
        Assert.Equal(HealthState.Healthy, node.State(3));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Counters_that_all_jump_with_a_new_driver_raise_nothing_above_Watch(bool isSeenAsReset)
    {
        var node = new TestNode(8, [.. RuleList.All]);
        for (var minute = 0; minute < 10; minute++) ReadAll(node, 20, minute).Pass(60);
        for (var card = 0; card < 8 && isSeenAsReset; card++) node.Reset(card);
        for (var minute = 0; minute < 30; minute++) ReadAll(node, 170 * 20, minute + 10).Pass(60);
        Assert.Equal([], Raised(node, Severity.Degraded));
    }

    private static IEnumerable<string> Raised(TestNode node, Severity least) => node.Transitions
        .Where(transition => transition.Finding?.Severity >= least).Select(transition => $"{transition.Finding!.Rule}: {transition.Finding.Summary}").Distinct(StringComparer.Ordinal);

    private static TestNode ReadAll(TestNode node, double count, int minute)
    {
        for (var card = 0; card < 8; card++) HealthyCard.Read(node, card, count, 24_000 * minute);
        return node;
    }

    private static void AskAll((IHealthRule Rule, Subject Subject)[] subjects, Verdicts verdicts)
    {
        foreach (ref readonly var ask in subjects.AsSpan())
        {
            verdicts.Clear();
            ask.Rule.Evaluate(in ask.Subject, verdicts);
        }
    }

    /// <summary>Every signal of every card, links and fans too, read twice; one card of them in every kind of trouble.</summary>
    private static void Warm(TestNode node)
    {
        for (var turn = 0; turn < 3; turn++)
        {
            for (var card = 0; card < 8; card++)
            {
                foreach (var signal in SignalCatalog.All)
                {
                    for (ushort instance = 0; instance < (signal.InstanceLabel is null ? 1 : 18); instance++)
                        node.Read(card, signal.Id, card == 7 ? 100 * turn : signal.Family.Kind == SignalKind.Gauge ? 40 : 1, instance);
                }
            }

            node.Pass(60);
        }
    }
}
