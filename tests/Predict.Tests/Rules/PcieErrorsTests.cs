using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class PcieErrorsTests() : RuleContract(new PcieErrors(), Severity.Degraded)
{
    protected override double First => 0;

    protected override void Read(Condition condition) => Count(condition, SignalId.PcieErrorsFatal, 0, 0, 1);

    [Fact]
    public void Non_fatal_ones_are_worth_a_look()
    {
        Node.Read(0, SignalId.PcieErrorsNonFatal, 4).Pass(60).Read(0, SignalId.PcieErrorsNonFatal, 5).Pass(60);
        Assert.Equal((Severity.Watch, 1), (Assert.Single(Node.Findings()).Severity, Node.Findings()[0].Key));
    }
}
