using Forewarn.Daemon.Tests.Api;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Cli;

public class DevicesTests
{
    [Fact]
    public async Task The_list_is_as_wide_as_it_needs()
    {
        await using var served = await ServedNode.StartAsync(
            new HandMadeNode("h100-8").WithDevices(3, (1, 240))
                .Become(1, DevicePresence.Lost, NoDataReason.DeviceLost, "fell off the bus")
                .Runs(0, Job("4711", "0"), Job("4711", "1"))
                .Runs(1, new DeviceWorkload(new Workload { Manager = WorkloadOrigin.Kubernetes, Id = "uid", Namespace = "team", Pod = "train-0" }, 1, -1)));
        var list = await Command.RunAsync(["devices", "--socket", served.Socket]);
        Golden.Matches("Cli/golden/devices.txt", list.Output);
    }

    [Fact]
    public async Task Parts_stand_beneath_their_card()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode("h100-8-mig").WithDevices(2).Cut(0, "1g.10gb", "2g.20gb"));
        var list = await Command.RunAsync(["devices", "--socket", served.Socket]);
        Golden.Matches("Cli/golden/devices-mig.txt", list.Output);
    }

    private static DeviceWorkload Job(string id, string step)
        => new(new Workload { Manager = WorkloadOrigin.Slurm, Id = id, Step = step, User = 1000 }, 2, 40L << 30);

    [Theory]
    [InlineData("GPU-00000000-0000-4000-8000-000000000001")]
    [InlineData("1")]
    [InlineData("0000:2a:00.0")]
    [InlineData("2A:00.0")]
    public async Task One_device_is_found_by_what_people_see(string name)
    {
        var node = new HandMadeNode().WithDevices(2);
        node[1].CountDriverError(79);
        node.Runs(1, Job("4711", "batch")).Judged(1, HealthState.Failing);
        await using var served = await ServedNode.StartAsync(node);
        var device = await Command.RunAsync(["devices", name, "--socket", served.Socket]);
        Golden.Matches("Cli/golden/device.txt", device.Output);
    }

    [Fact]
    public async Task A_device_by_its_index_as_json()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode().WithDevices(2));
        var device = await Command.RunAsync(["devices", "1", "--json", "--socket", served.Socket]);
        Assert.Contains("\"pci_address\": \"0000:2a:00.0\"", device.Output, StringComparison.Ordinal);
        Assert.Contains("\"absent\": \"NoPermission\"", device.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_never_told_who_it_is()
    {
        var node = new HandMadeNode().WithDevices(1);
        node.View.Upsert(new() { Id = DeviceId.AtPci("0000:9a:00.0"), Vendor = new("nvidia"), PciAddress = "0000:9a:00.0" }, node.Source);
        await using var served = await ServedNode.StartAsync(node);
        var device = await Command.RunAsync(["devices", "9a:00.0", "--socket", served.Socket]);
        Assert.StartsWith("id                     pci:0000:9a:00.0 (provisional", device.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_device_fails_and_says_what_is_taken()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode().WithDevices(2));
        var device = await Command.RunAsync(["devices", "9", "--socket", served.Socket]);
        Assert.Equal((1, ""), (device.Code, device.Output));
        Assert.StartsWith("forewarn: there is no device \"9\": the indices go from 0 to ", device.Error, StringComparison.Ordinal);
    }
}
