using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class KernelStallTests
{
    private readonly TestNode _node = new(1, new KernelStall());

    [Theory]
    [InlineData(9, "task", 0)]
    [InlineData(10, "task", 1)]
    [InlineData(50, "soft lockup", 0)]
    public void Silence_proves_nothing_once_the_kernel_says_no_more_of_hung_tasks(int times, string unit, int findings)
    {
        for (var i = 0; i < times; i++) _node.HappenToNode(HealthEventKind.KernelStall, unit: unit).Watch(TimeSpan.FromMinutes(2));
        Assert.Single(_node.NodeFindings());
        Assert.Equal(findings, _node.Watch(TimeSpan.FromHours(30)).NodeFindings().Count);
        Assert.Empty(_node.Restart("b0070000-0000-4000-8000-000000000002").Pass(600).NodeFindings());
    }

    [Fact]
    public void The_kernels_count_is_that_of_the_boot_and_not_of_a_day()
    {
        for (var i = 0; i < 10; i++) _node.HappenToNode(HealthEventKind.KernelStall, unit: "task").Watch(TimeSpan.FromHours(5));
        Assert.Equal(Latch.Reboot, Assert.Single(_node.Watch(TimeSpan.FromHours(30)).NodeFindings()).Latch);
        _node.HappenToNode(HealthEventKind.KernelStall, unit: "soft lockup").Watch(TimeSpan.FromHours(3)); // takes nothing back
        Assert.Equal(Latch.Reboot, Assert.Single(_node.NodeFindings()).Latch);
    }
}
