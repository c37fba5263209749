using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class RowRemapSparesLowTests() : RuleContract(new RowRemapSparesLow(), Severity.Watch)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.RowRemapBanksLow, 0, 0, 1);
}
