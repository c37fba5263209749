using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class CoherentLinkDownTests() : RuleContract(new CoherentLinkDown(), Severity.Degraded)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.CoherentLinkUp, 1, 1, 0, 2);
}
