using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class RowRemapCountTests() : RuleContract(new RowRemapCount(), Severity.Degraded)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.RemappedRowsUncorrectable, 3, 511, 512);
}
