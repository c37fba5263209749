using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class PcieReplayRateTests() : RuleContract(new PcieReplayRate(), Severity.Watch)
{
    protected override void Read(Condition condition)
    {
        // Generation 5, 16 lanes: ceil(16 × 1.92) = 31 a minute.
        Count(condition, SignalId.PcieReplays, 1, 30, 40);
        Put(condition, SignalId.PcieLinkWidth, 16);
        Put(condition, SignalId.PcieLinkGeneration, 1);
        Put(condition, SignalId.PcieLinkGenerationMax, 5);
    }

    [Theory]
    [InlineData(1, 4, 1)]
    [InlineData(3, 8, 4)]
    [InlineData(4, 16, 16)]
    [InlineData(6, 16, 62)]
    public void The_limit_follows_lanes_and_generation(int generation, int lanes, int limit)
    {
        Node.Read(0, SignalId.PcieLinkWidth, lanes).Read(0, SignalId.PcieLinkGenerationMax, generation);
        for (var minute = 0; minute < 10; minute++) Node.Read(0, SignalId.PcieReplays, minute * (limit + 2)).Pass(60);
        Assert.Equal(limit, Assert.Single(Node.Findings()).Evidence[0].Threshold);
    }

    [Fact]
    public void A_hundred_times_that_is_a_bad_link()
    {
        Node.Read(0, SignalId.PcieLinkWidth, 16).Read(0, SignalId.PcieLinkGenerationMax, 5);
        for (var minute = 0; minute < 8; minute++) Node.Read(0, SignalId.PcieReplays, minute * 5000).Pass(60);
        Assert.Equal(Severity.Degraded, Assert.Single(Node.Findings()).Severity);
    }
}
