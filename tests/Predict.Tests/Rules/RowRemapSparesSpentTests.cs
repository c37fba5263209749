using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class RowRemapSparesSpentTests() : RuleContract(new RowRemapSparesSpent(), Severity.Degraded)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.RowRemapBanksNone, 0, 0, 1);
}
