using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

/// <summary>The first of four cards that do the same. What it does in a fleet with noise is told beside the comparison.</summary>
public class SlowCardTests() : RuleContract(new SlowCard(), Severity.Degraded, step: 10, soon: 900, cards: 4)
{
    private const double Hertz = 1.41e9;

    protected override void Read(Condition condition)
    {
        for (var card = 0; card < 4; card++)
        {
            Node.Read(
                card,
                Reading.Of(SignalId.UtilizationGpu, 0.97),
                Reading.Of(SignalId.UtilizationMemory, 0.5),
                Reading.Of(SignalId.Power, 400),
                Reading.Of(SignalId.PowerLimit, 700),
                Reading.Of(SignalId.ClockMaxSm, Hertz),
                Reading.Of(SignalId.ClockSm, Hertz));
        }

        Put(condition, SignalId.ClockSm, Hertz, 0.951 * Hertz, 0.94 * Hertz);
    }
}
