using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;
using Forewarn.Predict.States;
using Forewarn.Predict.Tests.Rules;

namespace Forewarn.Predict.Tests;

public class SteadyStateTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_is_allocated_while_nothing_changes(bool isIll)
    {
        var said = new SaidRule { Holds = isIll ? [new Verdict(0, 5, 3), new Verdict(1, 9, 3) { Latch = Latch.Reset }] : [] };
        var node = new NodeHistory("boot", TestNode.Start - TimeSpan.FromDays(1));
        var judge = new Judge(node, [.. RuleList.All, said]);
        var transitions = new List<Transition>();
        var sample = new Sample();
        var now = TestNode.Start;
        for (var card = 0; card < 8; card++) node.Of(TestNodeDevice(card)).Become(DevicePresence.Measured, NoDataReason.None, now);

        void Turn(int second)
        {
            now += TimeSpan.FromSeconds(1);
            for (var card = 0; card < 8; card++)
            {
                sample.Clear();
                (sample.Group, sample.CounterGeneration) = (second % 60 == 0 ? SampleGroup.Slow : SampleGroup.Fast, 1);
                foreach (var signal in SignalCatalog.All)
                {
                    if (signal.Group == sample.Group) sample.Add(Reading.Of(signal.Id, Value(signal, second)));
                }

                node.Devices[card].Take(sample, now);
                judge.Evaluate(node.Devices[card], now, transitions);
            }

            judge.Evaluate(node.Self, now, transitions);
        }

        for (var second = 0; second < 250; second++) Turn(second);
        var told = transitions.Count;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var second = 250; second < 550; second++) Turn(second);
        Assert.Equal((0, told), (GC.GetAllocatedBytesForCurrentThread() - before, transitions.Count));
        Assert.Equal(isIll ? 2 : 0, judge.AssessmentOf(node.Devices[0].Device.Id)!.Findings.Count(finding => finding.Rule == "said"));
    }

    /// <summary>A card in good order at work: what counts bytes and joules grows, errors stand still, numbers stay the same.</summary>
    private static double Value(Signal signal, int second) => signal.Family switch
    {
        { Kind: SignalKind.Counter, Unit: SignalUnit.Joules or SignalUnit.Bytes } => second * 500.0,
        { Kind: SignalKind.Counter } => 0,
        _ => HealthyCard.Value(signal, 0, 0),
    };

    private static Device TestNodeDevice(int card) => new()
    {
        Id = new DeviceId($"GPU-{card}"),
        Vendor = new Vendor("nvidia"),
        PciAddress = $"0000:{card:x2}:00.0",
        Index = card,
        Serial = $"{card}",
    };
}
