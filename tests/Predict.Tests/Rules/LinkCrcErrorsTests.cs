using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class LinkCrcErrorsTests() : RuleContract(new LinkCrcErrors(), Severity.Degraded, soon: 900)
{
    protected override void Read(Condition condition) => Count(condition, SignalId.LinkErrorsCrcFlit, 0, 9, 12_000, 4);

    [Fact]
    public void A_hundred_in_ten_minutes_are_watched()
    {
        for (var minute = 0; minute < 12; minute++) Node.Read(0, SignalId.LinkErrorsCrcData, minute * 15).Read(0, SignalId.LinkErrorsCrcFlit, 0).Pass(60);
        Assert.Equal(Severity.Watch, Assert.Single(Node.Findings()).Severity);
    }
}
