using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class RepairPendingTests() : RuleContract(new RepairPending(), Severity.Degraded)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.RepairPendingChannel, 0, 0, 0);
        Put(condition, SignalId.RepairPendingTpc, 0, 0, 1);
    }
}
