using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Tests.Api;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Cli;

public class StatusTests
{
    private static readonly DateTimeOffset Now = HandMadeNode.Now;

    [Fact]
    public Task Eight_healthy_devices() => MatchesAsync("healthy", new HandMadeNode().WithDevices(8));

    [Fact]
    public Task One_lost_and_one_stalled()
    {
        const string lost = "fell off the bus; a reset does not bring such a card back, the node must be rebooted";
        const string stalled = "nvmlDeviceGetTemperature did not return within 1 s";
        var node = new HandMadeNode().WithDevices(8, (3, 240), (5, 12)).Running(8, 6)
            .Become(3, DevicePresence.Lost, NoDataReason.DeviceLost, lost)
            .Become(5, DevicePresence.Stalled, NoDataReason.Stalled, stalled, secondsAgo: 12);
        return MatchesAsync("lost-stalled", node);
    }

    [Fact]
    public Task What_is_judged_stands_in_the_table_and_in_a_sentence()
    {
        var node = new HandMadeNode().WithDevices(5).Judged(0, HealthState.Healthy).Judged(1, HealthState.Watch).Judged(2, HealthState.Failing)
            .Judged(3, HealthState.Healthy, isObserved: true);
        node.View.Assessment = Judgement.Of(node[0].Device with { Id = DeviceId.Node }, HealthState.Degraded);
        node.View.Maintenance = new("uid 0 (root)", "new fans", Now - TimeSpan.FromMinutes(20), Now + TimeSpan.FromMinutes(100));
        return MatchesAsync("judged", node);
    }

    [Fact]
    public Task A_simulated_node() => MatchesAsync("simulated", new HandMadeNode("h100-8").WithDevices(8));

    [Fact]
    public Task Parts_stand_beneath_their_card() => MatchesAsync("mig", new HandMadeNode("h100-8-mig").WithDevices(2).Cut(0, "1g.10gb", "2g.20gb"));

    [Fact]
    public Task No_devices() => MatchesAsync("none", new HandMadeNode().Running(0, 0));

    [Fact]
    public Task Sixteen_devices() => MatchesAsync("sixteen", new HandMadeNode().WithDevices(16));

    [Fact]
    public Task Sixteen_devices_do_not_fit_beside_the_troubles_of_some()
    {
        var node = new HandMadeNode().WithDevices(16, (9, 3 * 86400)).Running(16, 15)
            .Become(9, DevicePresence.Lost, NoDataReason.DeviceLost, "fell off the bus; the driver reported Xid 79", 3 * 86400)
            .Read(2, Reading.Of(SignalId.RowRemapPending, 1), Reading.Of(SignalId.EccUncorrected, 3));
        node[2].CountDriverError(63);
        node[2].CountDriverError(94);
        node[2].CountDriverError(94);
        return MatchesAsync("sixteen-troubled", node);
    }

    [Fact]
    public Task More_troubles_than_lines()
    {
        var node = new HandMadeNode().WithDevices(16, [.. Enumerable.Range(0, 16).Select(i => (i, 240))]).Running(16, 0);
        for (var i = 0; i < 16; i++) node.Become(i, DevicePresence.Lost, NoDataReason.DeviceLost, "fell off the bus");
        return MatchesAsync("all-lost", node);
    }

    [Fact]
    public Task A_source_without_its_driver()
    {
        var node = new HandMadeNode();
        const string detail = "the library is there, its kernel driver is not; tried again every 30 s";
        node.Source.Status = new(SourceState.Unavailable, NoDataReason.DriverNotLoaded, detail, Now.AddMinutes(-9));
        return MatchesAsync("unavailable", node);
    }

    [Fact]
    public Task A_source_that_is_held()
    {
        const string detail = "its probe died 5 times within 60 s, last by SIGSEGV; tried again at 03:17:07";
        var node = Stopped(detail);
        node.Source.Status = new(SourceState.Held, NoDataReason.SourceStopped, detail, Now.AddSeconds(-11));
        return MatchesAsync("held", node);
    }

    [Fact]
    public Task A_source_that_was_released()
    {
        const string detail = "released by an operator";
        var node = Stopped(detail);
        node.Source.Status = new(SourceState.Released, NoDataReason.SourceStopped, detail, Now.AddSeconds(-11));
        return MatchesAsync("released", node);
    }

    [Fact]
    public async Task A_card_that_the_driver_leaves_alone_is_counted_apart_and_named()
    {
        var node = new HandMadeNode().WithDevices(2).Running(1, 1).Become(1, DevicePresence.Excluded, NoDataReason.Excluded, "left alone", 11);
        await using var served = await ServedNode.StartAsync(node);
        var status = (await Command.RunAsync(["status", "--socket", served.Socket])).Output;
        Assert.Contains("1 of 1 devices measured, 1 excluded\n", status, StringComparison.Ordinal);
        Assert.Contains("1 of 1 found", status, StringComparison.Ordinal);
        Assert.Matches("device 1 0000:2a:00.0 Excluded since .*: left alone", status.ReplaceLineEndings(" "));
    }

    [Fact]
    public Task An_exporter_that_sends()
    {
        var node = new HandMadeNode().WithDevices(1);
        Delivery(node).CountWritten(184_000, Now.AddSeconds(-4));
        return MatchesAsync("exporter", node);
    }

    [Fact]
    public Task An_exporter_that_cannot_send()
    {
        var node = new HandMadeNode().WithDevices(1);
        var delivery = Delivery(node);
        delivery.CountWritten(184_000, Now.AddMinutes(-14));
        delivery.CountDropped(DropReason.SpoolFull, 1200);
        delivery.Hold(154_000, Now.AddMinutes(-14), 84, 2_500_000);
        delivery.Trouble = new("HTTP 401: authorization failed", Now.AddMinutes(-14));
        return MatchesAsync("exporter-trouble", node);
    }

    [Fact]
    public Task A_controller_that_hears_nothing()
    {
        var node = new HandMadeNode().WithDevices(1);
        var reporting = node.View.Reporting = new ReportingView("https://controller:9798") { Requests = 2, Waiting = 17 };
        reporting.CountTaken(Now.AddMinutes(-3));
        reporting.Trouble = new("HTTP 401: no such token", Now.AddMinutes(-3));
        return MatchesAsync("controller-trouble", node);
    }

    [Fact]
    public Task A_device_that_tells_little() => MatchesAsync("absences", Silent());

    [Fact]
    public async Task Without_utf8_everything_is_ascii()
    {
        await using var served = await ServedNode.StartAsync(Silent());
        var status = await Command.RunAsync(["status", "--socket", served.Socket], unicode: false);
        Assert.All(status.Output, letter => Assert.InRange(letter, '\n', '~'));
        Golden.Matches("Cli/golden/status-ascii.txt", status.Output);
    }

    [Fact]
    public async Task Colour_only_adds()
    {
        await using var served = await ServedNode.StartAsync(
            new HandMadeNode().WithDevices(8).Become(3, DevicePresence.Lost, NoDataReason.DeviceLost, "fell off the bus"));
        var plain = await Command.RunAsync(["status", "--socket", served.Socket]);
        var coloured = await Command.RunAsync(["status", "--socket", served.Socket], colour: true);
        Assert.DoesNotContain('\e', plain.Output);
        Assert.Contains("\e[31mdevice 3", coloured.Output, StringComparison.Ordinal);
        Assert.Equal(plain.Output, coloured.Output.Replace("\e[31m", "", StringComparison.Ordinal)
            .Replace("\e[33m", "", StringComparison.Ordinal).Replace("\e[0m", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Into_a_pipe_nothing_is_left_out()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode().WithDevices(40));
        var onScreen = await Command.RunAsync(["status", "--socket", served.Socket]);
        var piped = await Command.RunAsync(["status", "--socket", served.Socket], height: null);
        Assert.Equal(23, onScreen.Output.Split('\n', StringSplitOptions.None).Length - 1);
        Assert.EndsWith("… and 22 more without problems\n", onScreen.Output, StringComparison.Ordinal);
        Assert.Equal(40, piped.Output.Split("H100").Length - 1);
    }

    [Fact]
    public async Task A_name_cannot_steer_the_terminal()
    {
        var node = new HandMadeNode().WithDevices(1);
        node.View.Upsert(node[0].Device with { Name = "H100\e[2J" }, node.Source);
        await using var served = await ServedNode.StartAsync(node);
        Assert.Contains("H100?[2J", (await Command.RunAsync(["status", "--socket", served.Socket])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_json_the_node_and_all_signals()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode("h100-8").WithDevices(1));
        var status = await Command.RunAsync(["status", "--json", "--socket", served.Socket]);
        Assert.Equal(0, status.Code);
        Golden.Matches("Cli/golden/status.json", status.Output);
    }

    private static DeliveryView Delivery(HandMadeNode node)
    {
        var delivery = new DeliveryView("influx", "https://influx.example:8086");
        node.View.Add(delivery);
        return delivery;
    }

    private static HandMadeNode Stopped(string detail)
    {
        var node = new HandMadeNode().WithDevices(2, (0, 11), (1, 11));
        for (var i = 0; i < 2; i++) node.Become(i, DevicePresence.Unknown, NoDataReason.SourceStopped, detail, 11);
        return node.Running(2, 0);
    }

    private static HandMadeNode Silent()
    {
        var node = new HandMadeNode().WithDevices(1).Running(2, 2);
        node.View.Upsert(new() { Id = DeviceId.AtPci("0000:9a:00.0"), Vendor = new("nvidia"), PciAddress = "0000:9a:00.0" }, node.Source);
        node[-1].Become(new(DevicePresence.Lost, NoDataReason.ResetRequired, "answers only that it must be reset", Now.AddHours(-1)));
        return node.Read(
            0, Reading.None(SignalId.Power, NoDataReason.NotSupported), Reading.None(SignalId.MemoryFree, NoDataReason.TimedOut));
    }

    private static async Task MatchesAsync(string name, HandMadeNode node)
    {
        await using var served = await ServedNode.StartAsync(node);
        var status = await Command.RunAsync(["status", "--socket", served.Socket]);
        Assert.Equal((0, ""), (status.Code, status.Error));
        var lines = status.Output.TrimEnd('\n').Split('\n');
        Assert.InRange(lines.Length, 1, 23);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Golden.Matches($"Cli/golden/status-{name}.txt", status.Output);
    }
}
