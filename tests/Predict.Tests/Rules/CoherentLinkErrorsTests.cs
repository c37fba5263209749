using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class CoherentLinkErrorsTests() : RuleContract(new CoherentLinkErrors(), Severity.Watch, soon: 1800)
{
    private int _turn;

    protected override void Read(Condition condition) => Count(condition, SignalId.CoherentLinkErrorsReplay, 0, _turn++ == 3 ? 50 : 0, 2, 2);
}
