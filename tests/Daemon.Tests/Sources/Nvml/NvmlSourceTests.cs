using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Sources;
using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Daemon.Tests.Probes;
using Forewarn.Daemon.Tests.Probes.Frames;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>The NVML source when cards, calls or the library misbehave.</summary>
public class NvmlSourceTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public void A_library_that_is_not_there_is_missing_and_named()
    {
        using var source = new NvmlSource(new ProbeSettings { Source = "nvml", Generation = 1, Slots = "", Library = "/is/not/there.so.1" }, TimeProvider.System);
        var opening = source.Open();
        Assert.Equal(NoDataReason.LibraryMissing, opening.Absence);
        Assert.Contains("/is/not/there.so.1", opening.Detail, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Cards_are_known_by_uuid_and_place()
    {
        await using var source = await SourceOnNode.StartAsync("r550");
        var cards = source.Discover();
        Assert.Equal(
            ["0000:18:00.0", "0000:2a:00.0", "0000:3a:00.0", "0000:5d:00.0", "0000:9a:00.0", "0000:ab:00.0", "0000:ba:00.0", "0000:db:00.0"],
            cards.Select(card => card.Device.PciAddress));
        Assert.Equal(8, cards.Select(card => card.Device.Id).Distinct().Count());
        Assert.All(cards, card => Assert.StartsWith("GPU-", card.Device.Id.Value, StringComparison.Ordinal));
        Assert.Equal(("NVIDIA H100 80GB HBM3", 1, 0, 3), cards[3].Device is var third ? (third.Name, third.Slot, third.NumaNode, third.Index) : default);
        Assert.Equal("550.163.01", source.Opening.DriverVersion);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("nvmlDeviceRegisterEvents", "register-events")]
    [InlineData("nvmlDeviceGetSerial", "identity")]
    public async Task A_hang_within_the_inventory_is_announced_with_its_card(string function, string call)
    {
        await using var source = await SourceOnNode.StartAsync("r550");
        await source.Node.Control.InjectAsync($"gpu 3 hang {function} for 3600s", None);
        var discovering = Task.Factory.StartNew(source.Discover, TaskCreationOptions.LongRunning);
        while (source.Announced() is not { Device: "0000:5d:00.0" } announced || announced.Call != call) await Task.Yield();
        Assert.False(discovering.IsCompleted);
        await source.Node.Control.AdvanceAsync(TimeSpan.FromHours(2), None);
        Assert.Equal(8, (await discovering).Count);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("lost", NoDataReason.DeviceLost)]
    [InlineData("reset-required", NoDataReason.ResetRequired)]
    public async Task A_card_in_trouble_says_which_in_every_reading_that_touches_it(string trouble, NoDataReason reason)
    {
        await using var source = await SourceOnNode.StartAsync("r550");
        source.Discover();
        await source.Node.Control.InjectAsync($"gpu 3 {trouble}", None);
        Assert.Equal(reason, source.Read(3).Find(reading => reading.Signal == SignalId.TemperatureGpu).Absence);
        Assert.True(source.Read(2).Find(reading => reading.Signal == SignalId.TemperatureGpu).HasValue);
        Assert.True(source.Source.IsDriverAlive());
    }

    [Fact(Timeout = 30_000)]
    public async Task An_Xid_is_announced_with_its_card()
    {
        await using var source = await SourceOnNode.StartAsync("r550");
        source.Discover();
        Assert.Equal(EventWait.Quiet, source.Source.WaitForEvent(TimeSpan.Zero, out _));
        await source.Node.Control.InjectAsync("gpu 3 xid 79 \"GPU has fallen off the bus.\"", None);
        EventFrame? announced;
        while (source.Source.WaitForEvent(TimeSpan.FromSeconds(1), out announced) == EventWait.Quiet)
        {
            // The driver takes its time.
        }

        Assert.Equal((3, HealthEventKind.DriverError, 79L, "Xid 79"), announced is null ? default : (announced.Ordinal, announced.Kind, announced.Code, announced.Text));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_a_link_that_is_down_does_not_tell_is_asked_again_once_it_is_up()
    {
        await using var source = await SourceOnNode.StartAsync("r550");
        await source.InjectAsync("gpu 3 link 5 down");
        source.Discover();
        Assert.Equal(0, source.Read(3, SignalId.LinkUp, 5).Value);
        await source.InjectAsync("gpu 3 fail nvmlDeviceGetNvLinkErrorCounter with NOT_SUPPORTED");
        await source.InjectAsync("gpu 3 fail nvmlDeviceGetNvLinkRemoteDeviceType with NOT_SUPPORTED");
        Assert.Equal(NoDataReason.NotSupported, source.Read(3, SignalId.LinkErrorsReplay, 5).Absence);

        await source.InjectAsync("gpu 3 clear nvmlDeviceGetNvLinkErrorCounter");
        await source.InjectAsync("gpu 3 clear nvmlDeviceGetNvLinkRemoteDeviceType");
        await source.InjectAsync("gpu 3 link 5 up");
        Assert.True(source.Read(3, SignalId.LinkErrorsReplay, 5).HasValue);
        Assert.True(source.Read(3, SignalId.LinkRemoteType, 5).HasValue);
        Assert.False(source.Read(3, SignalId.LinkErrorsReplay, 4).HasValue); // that one was up when it said so
    }

    [Fact(Timeout = 30_000)]
    public async Task Used_memory_does_not_jump_when_one_call_fails()
    {
        await using var source = await SourceOnNode.StartAsync("r550");
        source.Discover();
        await source.InjectAsync("gpu 3 fail nvmlDeviceGetMemoryInfo_v2 with TIMEOUT");
        Assert.Equal(NoDataReason.TimedOut, source.Read(3, SignalId.MemoryUsed).Absence);
        await source.InjectAsync("gpu 3 clear nvmlDeviceGetMemoryInfo_v2");
        Assert.True(source.Read(3, SignalId.MemoryReserved).HasValue);
    }

    /// <summary>The richest cards: in a chassis that says where they are.</summary>
    [Fact(Timeout = 30_000)]
    public async Task All_that_a_card_says_of_itself_fits_a_frame()
    {
        await using var source = await SourceOnNode.StartAsync("r580", profile: "gb200-4");
        var cards = source.Discover();
        Assert.All(cards, row => Assert.Equal(row, DeviceFrame.Read(FrameBytes.Payload(FrameBytes.Of(FrameType.Device, row.Write)), row.Device.Vendor)));
        Assert.Contains(cards[0].Device.Traits.All, trait => trait.Key == "confidential_computing");
    }

    /// <summary>Who it is, its parts and its processes included: what is asked once in ten minutes counts as much, over ten minutes.</summary>
    [Theory(Timeout = 60_000)]
    [InlineData("r550", "h100-8")]
    [InlineData("r580", "gb200-4")]
    public async Task What_is_asked_of_a_card_again_and_again_costs_no_memory(string driver, string profile)
    {
        await using var source = await SourceOnNode.StartAsync(driver, profile: profile, profiling: true);
        source.Discover();
        Assert.Equal(0, Allocated.By(() => source.Sweep(0), times: 20));
        Assert.Equal(0, Allocated.By(() => source.ListProcesses(0), times: 20));
        Assert.Equal(0, Allocated.By(() => Assert.True(!source.Source.HasIdentityChanged(0) && !source.Source.HavePartsChanged(0)
            && source.Source.Refind(0) && source.Source.CountDevices() > 0 && source.Source.IsDriverAlive()), times: 20));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_card_that_says_something_else_of_itself_has_changed_and_one_that_says_the_same_has_not()
    {
        await using var source = await SourceOnNode.StartAsync("r550");
        source.Discover();
        Assert.False(source.Source.HasIdentityChanged(3));
        await source.InjectAsync("gpu 3 fail nvmlDeviceGetVbiosVersion with NOT_SUPPORTED");
        Assert.Equal((false, true), (source.Source.HasIdentityChanged(2), source.Source.HasIdentityChanged(3)));
        await source.InjectAsync("gpu 3 clear nvmlDeviceGetVbiosVersion");
        Assert.False(source.Source.HasIdentityChanged(3));
        await source.InjectAsync("gpu 3 fail nvmlDeviceGetModuleId with NOT_SUPPORTED");
        Assert.True(source.Source.HasIdentityChanged(3));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("TIMEOUT")]
    [InlineData("UNKNOWN")]
    [InlineData("GPU_IS_LOST")]
    public async Task A_card_that_does_not_answer_in_passing_is_the_card_that_it_was(string code)
    {
        await using var source = await SourceOnNode.StartAsync("r580", "rate 0\n", profile: "gb200-4");
        var whole = source.Discover()[3];
        Assert.False(whole.IsPartial);
        string[] questions =
        [
            "nvmlDeviceGetName", "nvmlDeviceGetUUID", "nvmlDeviceGetSerial", "nvmlDeviceGetVbiosVersion", "nvmlDeviceGetInforomVersion",
            "nvmlDeviceGetInforomImageVersion", "nvmlDeviceGetInforomConfigurationChecksum", "nvmlDeviceGetModuleId", "nvmlDeviceGetCpuAffinity",
            "nvmlDeviceGetPlatformInfo", "nvmlDeviceGetGpuFabricInfoV", "nvmlDeviceGetFieldValues", "nvmlDeviceGetArchitecture",
        ];
        foreach (var question in questions)
        {
            await source.InjectAsync($"gpu 3 fail {question} with {code}");
            Assert.False(source.Source.HasIdentityChanged(3), question);
        }

        var part = source.Discover()[3];
        Assert.True(part.IsPartial);
        Assert.Equal(("", "", -1), (part.Device.Serial, part.Device.Firmware, part.Device.Slot));
        foreach (var question in questions) await source.InjectAsync($"gpu 3 clear {question}");
        Assert.True(source.Source.HasIdentityChanged(3)); // it answers: worth a new inventory
        Assert.Equal(whole, source.Discover()[3]);
    }

    /// <summary>Before driver 465 the library cannot be asked for them; the kernel module says it.</summary>
    [Theory(Timeout = 30_000)]
    [InlineData("r450", "t4-4")]
    [InlineData("r450", "a100-8")]
    [InlineData("r470", "a100-8")]
    [InlineData("r580", "h100-8")]
    public async Task A_card_that_the_driver_leaves_alone_is_told_with_place_and_uuid_and_as_that(string driver, string profile)
    {
        await using var plain = await SourceOnNode.StartAsync(driver, "rate 0\n", profile: profile);
        var card = plain.Discover()[2];
        await using var source = await SourceOnNode.StartAsync(driver, "rate 0\nat 0s gpu 2 excluded set 1\n", profile: profile);
        var rows = source.Discover();
        Assert.Equal([NoDataReason.None, NoDataReason.None, NoDataReason.Excluded, NoDataReason.None], rows.Take(4).Select(row => row.Absence));
        Assert.Equal((card.Device.Id, card.Device.PciAddress), (rows[2].Device.Id, rows[2].Device.PciAddress));
        Assert.Contains("NVreg_ExcludedGpus", rows[2].Detail, StringComparison.Ordinal);
        Assert.Equal(rows.Count - 1, source.Source.CountDevices());
        Assert.False(source.Source.Refind(2));
    }

    [Theory]
    [InlineData("GPU UUID: \t GPU-1\nBlacklisted:\t Yes\n", "GPU-1")]
    [InlineData("GPU UUID: \t GPU-????????-????-????-????-????????????\nGPU Excluded:\t Yes\n", "")]
    [InlineData("GPU Excluded:\t No\n", null)]
    [InlineData("Model: Tesla", null)]
    [InlineData("", null)]
    public void What_the_kernel_module_says_of_a_card_is_read(string information, string? uuid)
    {
        Assert.Equal(uuid, NvmlExclusions.Parse("0000:18:00.0", information)?.Uuid);
        Assert.Null(NvmlExclusions.Parse("capabilities", information));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_a_card_has_not_is_no_failure_in_passing()
    {
        await using var source = await SourceOnNode.StartAsync("r450", "rate 0\n", profile: "t4-4");
        Assert.All(source.Discover(), row => Assert.False(row.IsPartial));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_configuration_image_is_checked_once_an_hour_and_told_in_every_sweep()
    {
        await using var source = await SourceOnNode.StartAsync("r550");
        source.Discover();
        Assert.Equal(1, source.Read(3, SignalId.ConfigurationImageValid).Value);
        await source.InjectAsync("gpu 3 inforom.valid set 0");
        Assert.Equal(1, source.Read(3, SignalId.ConfigurationImageValid).Value);
        source.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, source.Read(3, SignalId.ConfigurationImageValid).Value);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_card_that_could_not_check_its_configuration_image_is_asked_again_in_the_next_sweep()
    {
        await using var source = await SourceOnNode.StartAsync("r550");
        source.Discover();
        await source.InjectAsync("gpu 3 fail nvmlDeviceValidateInforom with TIMEOUT");
        Assert.Equal(NoDataReason.TimedOut, source.Read(3, SignalId.ConfigurationImageValid).Absence);
        await source.InjectAsync("gpu 3 clear nvmlDeviceValidateInforom");
        Assert.Equal(1, source.Read(3, SignalId.ConfigurationImageValid).Value);
    }
}
