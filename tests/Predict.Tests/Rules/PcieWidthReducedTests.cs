using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class PcieWidthReducedTests() : RuleContract(new PcieWidthReduced(), Severity.Degraded, step: 1)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.PcieLinkWidth, 16, 16, 8);
        Put(condition, SignalId.PcieLinkWidthMax, 16, 16, 16);
        Put(condition, SignalId.UtilizationGpu, 0.9, 0.9, 0.9);
    }

    [Fact]
    public void An_idle_card_proves_nothing()
    {
        Node.Read(0, SignalId.PcieLinkWidth, 8).Read(0, SignalId.PcieLinkWidthMax, 16).Read(0, SignalId.UtilizationGpu, 0).Pass(600);
        Assert.Empty(Node.Findings());
        BecomeIll();
        Node.Read(0, SignalId.PcieLinkWidth, 16).Read(0, SignalId.UtilizationGpu, 0.1).Pass(3600);
        Assert.Single(Node.Findings());
    }

    [Fact]
    public void A_card_in_parts_is_at_work_at_its_fastest_state()
    {
        Node.Read(0, SignalId.PcieLinkWidth, 8).Read(0, SignalId.PcieLinkWidthMax, 16).Read(0, Reading.None(SignalId.UtilizationGpu, NoDataReason.NotSupported))
            .Read(0, SignalId.PerformanceState, 0).Read(0, SignalId.ClockEventIdle, 0).Pass(120);
        Assert.Single(Node.Findings());
    }
}
