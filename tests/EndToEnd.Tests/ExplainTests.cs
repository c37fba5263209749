using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>
/// What an operator is told in every scenario that the simulated node can play: the real agent on the scenario, moved to the moment at which somebody
/// would ask, then on at the pace of the clock until it says for a while what a person has once read and found right.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ExplainTests(PlayedScenarios played) : IClassFixture<PlayedScenarios>
{
    public static TheoryData<string> Scenarios => [.. ExplainedMoment.All.Select(moment => moment.Scenario)];

    [Fact]
    public void Every_scenario_is_asked_about() => Assert.Equal(
        Directory.GetFiles(Path.Combine(Repository.Root, "native", "scenarios"), "*.scenario").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
        ExplainedMoment.All.Select(moment => moment.Scenario).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task An_operator_is_told_everything_that_is_needed_to_act(string scenario)
    {
        var golden = ExplainedMoment.Of(scenario).Golden;
        var (said, narrow) = await played.ToldAsync(scenario);
        if (GoldenText.IsWritten) GoldenText.Write(golden, said);
        Assert.Equal(GoldenText.Read(golden), said);
        Assert.Empty(ExplainLint.Complaints(narrow));
    }
}
