using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>
/// Every scenario on a node and an agent of its own, all at the same time: an agent that waits for a rule to be sure costs next to nothing, so that all
/// of them together take as long as the one that waits longest.
/// </summary>
public sealed class PlayedScenarios : IAsyncLifetime
{
    // A start keeps a core busy for a second or two.
    private const int StartingAtOnce = 2;

    // The longest window that a scenario fills is five minutes; the rest is for a machine that is busy.
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromSeconds(2);

    private static readonly SemaphoreSlim Starting = new(StartingAtOnce);
    private static readonly SemaphoreSlim Asking = new(1);

    private readonly Dictionary<string, Task<(string Said, string Narrow)>> _told = [];

    public Task InitializeAsync()
    {
        foreach (var moment in ExplainedMoment.All) _told.Add(moment.Scenario, PlayAsync(moment));
        return Task.CompletedTask;
    }

    /// <summary>What the last question brought: wide and without what differs from run to run; and as it stands on a screen.</summary>
    internal Task<(string Said, string Narrow)> ToldAsync(string scenario) => _told[scenario];

    public Task DisposeAsync() => Task.WhenAll(_told.Values.Select(told => told.ContinueWith(_ => { }, TaskScheduler.Default)));

    private static async Task<(string Said, string Narrow)> PlayAsync(ExplainedMoment moment)
    {
        await Starting.WaitAsync();
        AgentUnderTest? agent = null;
        try
        {
            try
            {
                agent = await AgentUnderTest.StartAsync(moment.Scenario, "Sampling.Slow=5s", "Agent.NodeName=gpu-node-17");
                await UntilMeasuredAsync(agent, moment.Scenario);
                await SimulatedNodeUnderTest.RequestAsync(agent.SimulatedRoot, $"advance {moment.Seconds}s");
            }
            finally
            {
                Starting.Release();
            }

            var said = await UntilSaidAsync(agent, moment);
            return (said, await ExplainAsync(agent, moment, width: 80));
        }
        finally
        {
            if (agent is not null) await agent.DisposeAsync();
        }
    }

    // Until it is quiet: what is true at once, that all is well, could still be overtaken by an alarm that is debounced.
    // What is not yet what stands in the file has its time to become that.
    private static async Task<string> UntilSaidAsync(AgentUnderTest agent, ExplainedMoment moment)
    {
        var (time, expected) = (TimeProvider.System, GoldenText.Read(moment.Golden));
        var (said, start) = ("", time.GetTimestamp());
        for (var since = start; time.GetElapsedTime(start) < Settling; await Pause.ForAsync(BetweenQuestions))
        {
            var now = ExplainedText.WithoutMoments(await ExplainAsync(agent, moment, ExplainedText.Wide));
            if (now != said) (said, since) = (now, time.GetTimestamp());
            if (time.GetElapsedTime(since).TotalSeconds > moment.Quiet && (GoldenText.IsWritten || said == expected)) break;
        }

        return said;
    }

    private static Task UntilMeasuredAsync(AgentUnderTest agent, string scenario) => scenario == "library-missing"
        ? agent.UntilSourceAsync(TimeSpan.FromSeconds(20), "the library is missed", source => source.State == "Unavailable")
        : agent.UntilAsync(TimeSpan.FromSeconds(20), "the cards are measured", devices => devices.Count > 0 && devices.All(device => device.Presence == "Measured"));

    // One at a time: thirty programs that start at once would take the time from each other.
    private static async Task<string> ExplainAsync(AgentUnderTest agent, ExplainedMoment moment, int width)
    {
        await Asking.WaitAsync();
        try
        {
            await using var explain = RealProgram.Start(Product.Program, ["explain", moment.Device, "--socket", agent.SocketPath], new Dictionary<string, string>
            {
                ["COLUMNS"] = $"{width}",
                ["LC_ALL"] = "C.UTF-8",
                ["TZ"] = "UTC",
            });
            await explain.Ended.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
            return explain.Output + "\n";
        }
        finally
        {
            Asking.Release();
        }
    }
}
