using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Processes;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Processes;

public class UsageMeterTests
{
    [Fact]
    public void It_measures_again_and_again_one_turn_at_a_time()
    {
        var time = new ManualTimeProvider();
        var turns = 0;
        var view = new NodeView(new NodeFacts { Name = "n1", BootId = "b", Version = "1", Started = time.GetUtcNow() }, time);
        using var meter = new UsageMeter(
            view,
            () =>
            {
                if (turns++ == 0) time.Advance(TimeSpan.FromMinutes(1)); // a turn that takes long
                GC.KeepAlive(new byte[1 << 20]);
                return [];
            },
            time);
        meter.Start();
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, turns);
        var first = Assert.Single(view.Processes);
        Assert.Equal(("agent", Environment.ProcessId), (first.Process, first.Pid));
        Assert.True(first.CpuSeconds > 0);
        time.Advance(TimeSpan.FromSeconds(75));
        Assert.Equal(2, turns);
        Assert.True(view.Processes[0].AllocatedBytes > first.AllocatedBytes);
    }
}
