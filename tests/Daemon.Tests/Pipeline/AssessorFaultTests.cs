using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Daemon.Tests.Pipeline;

/// <summary>A defect of ours costs what it happened to, is told once, and ends nothing.</summary>
public sealed class AssessorFaultTests
{
    private const string A = "0000:18:00.0";
    private const string B = "0000:2a:00.0";

    [Fact]
    public async Task Who_waits_for_a_command_that_fails_is_told_so()
    {
        var node = new AssessedNode();
        var failed = await Assert.ThrowsAsync<InvalidOperationException>(() => node.DoAsync<bool>(assessor => assessor.DoAsync<bool>(_ => throw new InvalidOperationException("a defect"))));
        Assert.Equal("a defect", failed.Message);
        Assert.True(await node.DoAsync(assessor => assessor.DoAsync(_ => true)));
        Assert.Equal(["a command fails: a defect"], Defects(node));
    }

    [Fact]
    public void An_event_that_cannot_be_judged_is_told_all_the_same_and_those_after_it_are_judged()
    {
        var node = new AssessedNode();
        var (first, second) = (node.Find(A, "GPU-1"), node.Find(B, "GPU-2"));
        node.Events.Add(Happening.Kernel(48, 0, 1, card: first.Device) with { Detail = new EventDetail { Place = null! } });
        node.Events.Add(Happening.Kernel(79, 0, 2, card: second.Device));
        node.Events.Add(Happening.Kernel(13, 0, 3, card: first.Device) with { Detail = new EventDetail { Place = null! } });
        node.Assessor.Turn();
        Assert.Equal([48L, 79L, 13L], node.Posted.Where(happened => happened.Kind == HealthEventKind.DriverError).Select(happened => happened.Code));
        Assert.Equal(HealthState.Failed, second.Assessment!.State);
        Assert.Single(Defects(node), said => said.StartsWith("taking DriverError of GPU-1 fails: ", StringComparison.Ordinal));
    }

    [Fact]
    public void An_assessment_that_fails_is_told_once_of_each_device_and_the_turn_goes_on()
    {
        var rule = new BrokenRule();
        var node = new AssessedNode(rules: rule);
        node.Find(A, "GPU-1");
        node.Find(B, "GPU-2");
        rule.IsBroken = true;
        node.Pass(5);
        Assert.Equal(["the assessment of GPU-1 fails: a defect", "the assessment of GPU-2 fails: a defect", "the assessment of node fails: a defect"], Defects(node).Order());
        Assert.True(node.Assessor.Turns >= 5);
    }

    private static List<string> Defects(AssessedNode node) => [.. node.Posted.Where(happened => happened.Kind == HealthEventKind.SourceChanged).Select(happened => happened.Text)];

    private sealed class BrokenRule : IHealthRule
    {
        private readonly RuleSheet _sheet = RuleList.All[0].Sheet;

        public bool IsBroken { get; set; }

        public RuleSheet Sheet => IsBroken ? throw new InvalidOperationException("a defect") : _sheet;

        public void Evaluate(in Subject subject, Verdicts verdicts)
        {
            // It says nothing.
        }

        public Wording Word(in Subject subject, in Verdict verdict) => default;
    }
}
