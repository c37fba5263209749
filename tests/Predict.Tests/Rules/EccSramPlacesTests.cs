using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class EccSramPlacesTests() : RuleContract(new EccSramPlaces(), Severity.Degraded)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.EccSramPlaces, 1, 1, 5);

    [Fact]
    public void Two_places_are_worth_a_look()
    {
        Node.Read(0, SignalId.EccSramPlaces, 2).Ask();
        Assert.Equal(Severity.Watch, Assert.Single(Node.Findings()).Severity);
        Node.Read(0, SignalId.EccSramPlaces, 5).Ask();
        Assert.Equal(Severity.Degraded, Assert.Single(Node.Findings()).Severity);
    }
}
