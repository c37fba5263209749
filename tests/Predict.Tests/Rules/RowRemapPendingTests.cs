using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class RowRemapPendingTests() : RuleContract(new RowRemapPending(), Severity.Degraded)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.RowRemapPending, 0, 0, 1);
}
