using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class RetiredPagesPendingTests() : RuleContract(new RetiredPagesPending(), Severity.Degraded)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.RetiredPagesPending, 0, 0, 1);
}
