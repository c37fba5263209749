using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class RetiredPagesLimitTests() : RuleContract(new RetiredPagesLimit(), Severity.Failing)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.RetiredPagesDoubleBit, 2, 32, 33);
        Put(condition, SignalId.RetiredPagesSingleBit, 30, 30, 30);
    }
}
