using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>A vendor library that prints where the frames would go.</summary>
public sealed class PrintingLibraryTests
{
    [Fact]
    public async Task A_library_that_prints_to_stdout_breaks_no_frame_and_cannot_flood_the_log()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        await using var recorder = SweepRecorder.Start(agent);

        await agent.InjectAsync("node stdout \"NVML: falling back\" on nvmlDeviceGetTemperature");
        await agent.UntilLoggedAsync("library output: NVML: falling back [source `nvml`", TimeSpan.FromSeconds(5));
        await Pause.ForAsync(TimeSpan.FromSeconds(6)); // at least 8 lines a second: more than twice what a minute may have

        Assert.Equal(0, (await agent.SourceAsync()).RefusedFrames);
        Assert.Equal(20, agent.Program.ErrorLines.Count(line => line.Contains("NVML: falling back", StringComparison.Ordinal)));
        await recorder.AssertAtMostTwoSweepsLostAsync();

        await agent.PostAsync("v1/release");
        await agent.UntilLoggedAsync("more lines left out", TimeSpan.FromSeconds(5));
    }
}
