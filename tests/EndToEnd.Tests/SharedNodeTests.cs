using Forewarn.EndToEnd.Tests.Kit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>Several agents on one node, as while one replaces another.</summary>
public sealed class SharedNodeTests
{
    [Fact]
    public async Task Two_agents_on_one_node_tell_the_same()
    {
        await using var node = await SimulatedNodeUnderTest.StartAsync();
        await using var first = await AgentUnderTest.StartAsync(node.Agent);
        await using var second = await AgentUnderTest.StartAsync(node.Agent);
        await first.UntilAllMeasuredAsync();
        await second.UntilAllMeasuredAsync();

        var (one, other) = (await first.DevicesAsync("forewarn_device_energy_joules_total"),
            await second.DevicesAsync("forewarn_device_energy_joules_total"));

        Assert.Equal(one.Select(Identity), other.Select(Identity));
        // A card draws 720 W at most (profile h100-8), and the two were read at most three periods apart.
        Assert.All(one.Zip(other), pair => Assert.InRange(Energy(pair.First) - Energy(pair.Second), -3 * 720.0, 3 * 720.0));
        Assert.All(one, device => Assert.True(Energy(device) > 0));
    }

    private static (string Id, int? Index, string PciAddress) Identity(DeviceAnswer device) => (device.Id, device.Index, device.PciAddress);

    private static double Energy(DeviceAnswer device) => Assert.Single(device.Signals!).Value!.Value;
}
