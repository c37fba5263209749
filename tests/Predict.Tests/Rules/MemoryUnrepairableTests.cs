using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class MemoryUnrepairableTests() : RuleContract(new MemoryUnrepairable(), Severity.Failing)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.MemoryUnrepairable, 0, 0, 1);
}
