using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class ConfigurationImageInvalidTests() : RuleContract(new ConfigurationImageInvalid(), Severity.Degraded)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.ConfigurationImageValid, 1, 1, 0);
}
