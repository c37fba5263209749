using Forewarn.Model;
using Forewarn.Predict.Rules;
using Forewarn.Predict.States;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>
/// Storms of errors of programs, as they were counted in public: 168,924 times Xid 45 within two days. They raise nothing above Watch, and hide nothing.
/// </summary>
public class NoiseStormTests
{
    private const int Cards = 8;
    private static readonly TimeSpan Storm = TimeSpan.FromHours(48);

    [Fact]
    public void Two_days_of_killed_programs_raise_nothing()
    {
        var node = Run(1, 168_924, [45], null);
        Assert.DoesNotContain(node.Transitions, told => told.Finding is { Severity: > Severity.Info } || IsAbove(HealthState.Healthy, told));
        Assert.Contains(node.Transitions, told => told.Finding is { Rule: "application-error", Key: 45 });
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Mixed_storms_raise_nothing_above_watch(int seed)
    {
        var node = Run(seed, 6_000, [13, 31, 43, 45], null);
        Assert.DoesNotContain(node.Transitions, told => told.Finding is { Severity: > Severity.Watch } || IsAbove(HealthState.Watch, told));
    }

    [Fact]
    public void One_error_that_counts_is_found_in_any_of_them()
    {
        for (var seed = 100; seed < 130; seed++)
        {
            int[] hidden = [48, 79, 95];
            var code = hidden[seed % 3];
            var node = Run(seed, 2_000, seed % 2 == 0 ? [45] : [13, 31, 43, 45], code);
            var raised = node.Transitions.Where(told => told.Finding is { Severity: > Severity.Watch } && told.Kind == HealthEventKind.FindingRaised).ToList();
            var found = Assert.Single(raised);
            Assert.Equal($"GPU-{seed % Cards}", found.Device.Id.Value);
            Assert.True(found.At - found.Finding!.FirstSeen <= TimeSpan.FromSeconds(5), $"seed {seed}: raised {found.At - found.Finding.FirstSeen} late");
            Assert.Contains($"Xid {code}", found.Finding.Summary, StringComparison.Ordinal);
        }
    }

    private static bool IsAbove(HealthState state, Transition told) => told.Kind == HealthEventKind.StateChanged && told.After > state;

    /// <summary>Bursts on random cards by random processes; one error that counts is hidden at a random place of it.</summary>
    private static TestNode Run(int seed, int errors, int[] codes, int? hidden)
    {
        var random = new Random(seed);
        var node = new TestNode(Cards, [.. RuleList.All]);
        var hideAt = random.Next(errors);
        var (card, pid, inBurst) = (0, 0, 0);
        var quiet = Storm / (errors / 60.0);
        for (var i = 0; i < errors; i++)
        {
            if (inBurst-- <= 0)
            {
                (card, pid, inBurst) = (random.Next(Cards), random.Next(1000, 100_000), random.Next(1, 120));
                node.Leap(quiet * 2 * random.NextDouble());
            }

            node.Happen(card, HealthEventKind.DriverError, codes[random.Next(codes.Length)], "noise", new() { Pid = pid, Place = $"GPC {random.Next(8)}, TPC {random.Next(8)}" });
            if (i == hideAt && hidden is { } code) node.Happen(seed % Cards, HealthEventKind.DriverError, code, "the one").Leap(TimeSpan.FromSeconds(1));
            node.Leap(TimeSpan.FromMilliseconds(random.Next(20)), card);
        }

        Assert.True(node.Now - TestNode.Start > Storm / 2);
        return node.Leap(TimeSpan.FromMinutes(20));
    }
}
