using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class ClockMonitorFaultTests() : RuleContract(new ClockMonitorFault(), Severity.Degraded)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.ClockMonitorFault, 0, 0, 1);
}
