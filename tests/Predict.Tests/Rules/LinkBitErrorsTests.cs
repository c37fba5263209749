using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class LinkBitErrorsTests() : RuleContract(new LinkBitErrors(), Severity.Degraded)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.LinkBitErrorsEffective, 0, 9e-13, 2e-12, 7);
        Put(condition, SignalId.LinkBitErrorsSymbol, 1e-15, 1e-15, 1e-9, 7);
    }

    [Fact]
    public void Symbols_alone_are_worth_a_look()
    {
        Node.Read(0, SignalId.LinkBitErrorsEffective, 3e-14, 11).Read(0, SignalId.LinkBitErrorsSymbol, 5e-12, 11).Pass(120);
        var finding = Assert.Single(Node.Findings());
        Assert.Equal((Severity.Watch, 11), (finding.Severity, finding.Key));
        Assert.Contains("5e-12 (limit 1e-12)", finding.Summary, StringComparison.Ordinal);
    }
}
