using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>How the agent ends, asked and not asked.</summary>
public sealed class StopTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData(Processes.Terminate)]
    [InlineData(Processes.Interrupt)]
    public async Task An_agent_that_is_asked_to_stop_ends_in_five_seconds_and_leaves_no_process(int signal)
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        var left = agent.Children;

        agent.Program.Signal(signal);

        Assert.Equal(0, await agent.Program.Ended.WaitAsync(Soon, TimeProvider.System));
        Assert.Equal(2, left.Count); // the probe and the simulated node
        await agent.UntilChildrenAreGoneAsync(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task A_hung_call_does_not_hold_up_the_end()
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Source.nvml.Deadline=30s");
        await agent.UntilAllMeasuredAsync();
        await agent.InjectAsync("node hang *");
        await Pause.ForAsync(TimeSpan.FromSeconds(2)); // two periods: the probe is in a call now

        Assert.Equal(0, await agent.StopAsync(Soon));
        await agent.UntilChildrenAreGoneAsync(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task What_an_agent_had_started_ends_by_itself_when_it_is_killed()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        Assert.Equal(2, agent.Children.Count);

        agent.Program.Signal(Processes.Kill);

        await agent.Program.Ended.WaitAsync(Soon, TimeProvider.System);
        await agent.UntilChildrenAreGoneAsync(Soon);
    }

    [Fact]
    public async Task An_agent_starts_again_in_the_place_of_a_killed_one()
    {
        using var folder = new TemporaryFolder();
        await using (var killed = await AgentUnderTest.StartAsync(new AgentStart { Folder = folder }))
        {
            await killed.UntilAllMeasuredAsync();
            killed.Program.Signal(Processes.Kill);
            await killed.UntilChildrenAreGoneAsync(Soon);
        }

        await using var next = await AgentUnderTest.StartAsync(new AgentStart { Folder = folder });
        await next.UntilAllMeasuredAsync();
    }
}
