using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class PersistenceOffTests() : RuleContract(new PersistenceOff(), Severity.Info)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.PersistenceEnabled, 1, 1, 0);
}
