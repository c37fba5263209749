using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>From a card that goes bad to what an operator sees of it and does with it.</summary>
public sealed class JudgingTests
{
    [Fact]
    public async Task A_card_that_cannot_replace_a_row_is_failing_until_an_operator_clears_it()
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Slow=1s");
        await agent.UntilAllMeasuredAsync();
        await agent.UntilDeviceAsync(3, TimeSpan.FromSeconds(10), "it is healthy", device => device.Assessment?.State == "Healthy");

        await agent.InjectAsync("gpu 3 row_remap.failed set 1");
        await agent.UntilDeviceAsync(3, TimeSpan.FromSeconds(10), "it is failing", device => device.Assessment?.State == "Failing");
        var card = await agent.DeviceAsync(3);
        Assert.Equal("ReplaceHardware", card.Assessment!.RepairAction);
        Assert.Contains(card.Assessment.Findings, finding => finding.Rule == "row-remap-failed");
        Assert.All((await agent.DevicesAsync()).Where(device => device.Index != 3), device => Assert.Equal("Healthy", device.Assessment?.State));
        Assert.Contains("row-remap-failed", (await ForewarnAsync(agent, "status")).Output, StringComparison.Ordinal);

        await agent.InjectAsync("gpu 3 row_remap.failed set 0");
        Assert.Equal(1, (await ForewarnAsync(agent, "clear", "3", "no-such-rule", "--reason", "x")).Code);
        Assert.Equal(0, (await ForewarnAsync(agent, "clear", "3", "row-remap-failed", "--reason", "the maker's diagnosis passed")).Code);
        await agent.UntilDeviceAsync(3, TimeSpan.FromSeconds(10), "it is cleared", device => device.Assessment?.Findings.All(finding => finding.Rule != "row-remap-failed") == true);
        await agent.UntilLoggedAsync("the maker's diagnosis passed", TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task What_no_library_lists_is_a_device_while_the_kernels_log_says_something_of_it()
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8");
        await agent.UntilAllMeasuredAsync();
        await agent.InjectAsync("node kmsg \"NVRM: Xid (PCI:0000:e1:00): 79, GPU has fallen off the bus.\"");
        await agent.InjectAsync("node kmsg \"nvidia-nvswitch3: SXid (PCI:0000:c1:00.0): 20034, Fatal, Link 02 LTSSM Fault Up (First)\"");
        await agent.UntilLoggedAsync("switch-error", TimeSpan.FromSeconds(10));
        await agent.UntilLoggedAsync("off-the-bus", TimeSpan.FromSeconds(10));
        var devices = await agent.DevicesAsync();
        Assert.Equal("Failed", devices.Single(device => device.PciAddress == "0000:e1:00.0").Assessment?.State);
        Assert.Contains(devices.Single(device => device.PciAddress == "0000:c1:00.0").Assessment!.Findings, finding => finding.Rule == "switch-error");
        var (code, said) = await ForewarnAsync(agent, "explain", "0000:c1:00.0");
        Assert.True(code == 0 && said.Contains("SXid 20034", StringComparison.Ordinal), said);
    }

    [Fact]
    public async Task Maintenance_outlives_the_agent()
    {
        using var folder = new TemporaryFolder();
        await using (var agent = await AgentUnderTest.StartAsync(new AgentStart { Folder = folder }))
        {
            await agent.UntilAllMeasuredAsync();
            Assert.Equal(0, (await ForewarnAsync(agent, "maintenance", "on", "--for", "2h", "--reason", "new fans")).Code);
            await agent.UntilDeviceAsync(0, TimeSpan.FromSeconds(5), "it is in maintenance", device => device.Assessment?.InMaintenance == true);
        }

        await using var again = await AgentUnderTest.StartAsync(new AgentStart { Folder = folder });
        await again.UntilDeviceAsync(0, TimeSpan.FromSeconds(20), "it still is", device => device.Assessment?.InMaintenance == true);
        Assert.Contains("new fans", (await ForewarnAsync(again, "status")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await ForewarnAsync(again, "maintenance", "off")).Code);
        await again.UntilDeviceAsync(0, TimeSpan.FromSeconds(5), "it is not any more", device => device.Assessment?.InMaintenance == false);
    }

    private static async Task<(int Code, string Output)> ForewarnAsync(AgentUnderTest agent, params string[] words)
    {
        await using var command = await RealProgram.RunAsync(Product.Program, [.. words, "--socket", agent.SocketPath], "", TimeSpan.FromSeconds(10));
        return (await command.Ended, command.Output);
    }
}
