using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>
/// What an operator is told in every scenario that the simulated node can play: the real agent on the scenario, moved to the moment at which somebody
/// would ask, then on at the pace of the clock until what is said no longer changes.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ExplainTests
{
    // The longest debounce that a scenario meets is two minutes; the rest is for a machine that is busy.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(3);

    // Longer than the slow sweep of these tests, so that whatever it brings has been judged.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);

    // Scenario, its time when somebody asks, and the card that is asked about.
    private static readonly (string Scenario, int Seconds, int Gpu)[] Moments =
    [
        ("channel-repair", 660, 7), ("chatty-library", 40, 0), ("crash", 40, 7), ("driver-mismatch", 60, 0), ("driver-reload", 60, 0),
        ("driver-upgrade", 70, 0), ("ecc-storm", 185, 2), ("fabric-degraded", 60, 1), ("gpu-lost", 65, 3), ("hang", 40, 5), ("healthy", 60, 0),
        ("jobs", 30, 0), ("library-missing", 60, 0), ("mig-change", 100, 7), ("node-hang", 40, 0), ("nvlink-down", 100, 0), ("nvlink5-ber", 190, 2),
        ("page-retirement", 100, 1), ("pcie-degraded", 60, 2), ("power-brake", 90, 0), ("reboot", 40, 3), ("recovery-action", 210, 5),
        ("reset-required", 40, 4), ("row-remap", 40, 1), ("row-remap-failure", 40, 1), ("slow", 110, 4), ("stall-and-recover", 40, 5),
        ("thermal", 700, 6), ("unbind", 90, 4), ("wrong-readings", 70, 2), ("xid-79", 40, 5),
    ];

    public static TheoryData<string> Scenarios => [.. Moments.Select(moment => moment.Scenario)];

    [Fact]
    public void Every_scenario_is_asked_about() => Assert.Equal(
        Directory.GetFiles(Path.Combine(Repository.Root, "native", "scenarios"), "*.scenario").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal),
        Moments.Select(moment => moment.Scenario).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task An_operator_is_told_everything_that_is_needed_to_act(string scenario)
    {
        var (_, seconds, gpu) = Moments.Single(moment => moment.Scenario == scenario);
        await using var agent = await AgentUnderTest.StartAsync(scenario, "Sampling.Slow=5s", "Agent.NodeName=gpu-node-17");
        await UntilMeasuredAsync(agent, scenario);
        await SimulatedNodeUnderTest.RequestAsync(agent.SimulatedRoot, $"advance {seconds}s");

        var golden = $"explain/{scenario}.txt";
        if (GoldenText.IsWritten) GoldenText.Write(golden, await SettledAsync(agent, gpu));
        await UntilSaidAsync(agent, gpu, GoldenText.Read(golden));
        Assert.Empty(ExplainLint.Complaints(await ExplainAsync(agent, gpu, width: 80)));
    }

    private static Task UntilMeasuredAsync(AgentUnderTest agent, string scenario) => scenario == "library-missing"
        ? agent.UntilSourceAsync(TimeSpan.FromSeconds(20), "the library is missed", source => source.State == "Unavailable")
        : agent.UntilAsync(TimeSpan.FromSeconds(20), "the cards are measured", devices => devices.Count > 0 && devices.All(device => device.Presence == "Measured"));

    private static async Task UntilSaidAsync(AgentUnderTest agent, int gpu, string expected)
    {
        var said = "";
        await Eventually.TrueAsync(
            async () => (said = await WithoutMomentsAsync(agent, gpu)) == expected, Settling, $"explain {gpu} says what it should:\n{expected}", () => $"it says:\n{said}");
    }

    private static async Task<string> SettledAsync(AgentUnderTest agent, int gpu)
    {
        var (said, since) = ("", TimeProvider.System.GetTimestamp());
        await Eventually.TrueAsync(
            async () =>
            {
                var now = await WithoutMomentsAsync(agent, gpu);
                if (now != said) (said, since) = (now, TimeProvider.System.GetTimestamp());
                return TimeProvider.System.GetElapsedTime(since) > Quiet;
            },
            Settling, "what is said no longer changes", () => said);
        return said;
    }

    private static async Task<string> WithoutMomentsAsync(AgentUnderTest agent, int gpu)
        => ExplainedText.WithoutMoments(await ExplainAsync(agent, gpu, ExplainedText.Wide));

    private static async Task<string> ExplainAsync(AgentUnderTest agent, int gpu, int width)
    {
        await using var explain = RealProgram.Start(Product.Program, ["explain", $"{gpu}", "--socket", agent.SocketPath], new Dictionary<string, string>
        {
            ["COLUMNS"] = $"{width}",
            ["LC_ALL"] = "C.UTF-8",
            ["TZ"] = "UTC",
        });
        await explain.Ended.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        return explain.Output + "\n";
    }
}
