using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class LinkErrorsTests() : RuleContract(new LinkErrors(), Severity.Degraded, soon: 1800)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.LinkUp, 1, 1, 1, 3);
        Count(condition, SignalId.LinkErrorsReplay, 0, 0, 2, 3);
    }

    [Fact]
    public void One_is_watched_and_its_kind_named()
    {
        Node.Read(0, SignalId.LinkUp, 1, 9).Read(0, SignalId.LinkErrorsMalformed, 0, 9).Pass(60).Read(0, SignalId.LinkErrorsMalformed, 1, 9).Pass(60);
        var finding = Assert.Single(Node.Findings());
        Assert.Equal((Severity.Watch, "of these, malformed_packet"), (finding.Severity, finding.Evidence[1].What));
    }
}
