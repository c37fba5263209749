using Forewarn.Model;
using Forewarn.Predict;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;
using Forewarn.Predict.States;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>More than an hour of simulated nodes on which nothing is wrong, in seconds: jobs come and go, cards reach their power limits, and nobody is called.</summary>
public class HealthyNodeTests
{
    private static readonly TimeSpan Fast = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Slow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(80);

    [Theory(Timeout = 60_000)]
    [InlineData("t4-4", "r550")]
    [InlineData("a100-8", "r550")]
    [InlineData("a100-8-mig", "r550")]
    [InlineData("h100-8", "r550")]
    [InlineData("h100-8-mig", "r550")]
    [InlineData("h200-8", "r550")]
    [InlineData("b200-8", "r580")]
    [InlineData("gb200-4", "r580")]
    public async Task Nothing_above_information_is_said_of_a_node_in_good_order(string profile, string driver)
    {
        await using var source = await SourceOnNode.StartAsync(driver, "rate 0\n", profile: profile);
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var judge = new Judge(new NodeHistory("boot", start - TimeSpan.FromDays(1)), RuleList.All);
        var cards = source.Discover().Select((found, ordinal) => (Ordinal: ordinal, found.Device)).Where(card => card.Device.Partition is null).ToArray();
        var transitions = new List<Transition>();
        var isAtLimit = false;
        for (var now = start; now < start + Long; now += Fast)
        {
            foreach (var (ordinal, device) in cards)
            {
                var history = judge.Node.Of(device);
                history.Become(DevicePresence.Measured, NoDataReason.None, now);
                if ((now - start).Ticks % Slow.Ticks == 0) Take(SampleGroup.Slow);
                Take(SampleGroup.Fast);
                judge.Evaluate(history, now, transitions);
                isAtLimit |= history.TryGet(SignalId.ClockEventSoftwarePowerCap, out var held) && held > 0;

                void Take(SampleGroup lane)
                {
                    foreach (var sample in source.Lane(ordinal, lane))
                    {
                        (sample.Time, sample.CounterGeneration) = (now, 1);
                        history.Take(sample, now);
                    }
                }
            }

            judge.Evaluate(judge.Node.Self, now, transitions);
            await source.Node.Control.AdvanceAsync(Fast, CancellationToken.None);
        }

        Assert.Empty(transitions.Where(change => change.Finding is { Severity: > Severity.Info }).Select(change => $"{change.At:HH:mm:ss} {change.Device.PciAddress} {change.Finding!.Rule} {change.Why}"));
        Assert.Empty(judge.Faults);
        Assert.True(isAtLimit || profile is not "h100-8", "no card was held by its power limit, which is what healthy cards are under load");
    }
}
