using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class EccUncorrectedTests() : RuleContract(new EccUncorrected(), Severity.Degraded)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.EccUncorrected, 0, 0, 1);
        Put(condition, SignalId.EccUncorrectedDram, 0, 0, 1);
        Put(condition, SignalId.EccUncorrectedSram, 0, 0, 0);
    }

    [Fact]
    public void Each_place_is_told_once()
    {
        Node.Read(0, SignalId.EccUncorrected, 6).Read(0, SignalId.EccUncorrectedDram, 1).Read(0, SignalId.EccUncorrectedSram, 4)
            .Read(0, SignalId.EccUncorrectedL2Cache, 3).Ask();
        Assert.Equal(
            ["1 uncorrectable error in device memory", "3 uncorrectable errors in the L2 cache", "1 uncorrectable error in on-chip memory", "1 uncorrectable error in memory"],
            Node.Findings().Select(finding => finding.Summary[..finding.Summary.IndexOf(" since", StringComparison.Ordinal)]));
    }

    [Fact]
    public void A_card_that_tells_the_sum_alone_is_judged_by_that()
    {
        Node.Read(0, Reading.None(SignalId.EccUncorrectedDram, NoDataReason.NotSupported)).Read(0, SignalId.EccUncorrected, 2).Ask();
        Assert.Equal(0, Assert.Single(Node.Findings()).Key);
    }
}
