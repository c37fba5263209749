using Forewarn.Daemon.Probes.Frames;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Probes.Frames;

public class FrameRoundTripTests
{
    private static readonly Vendor Nvidia = new("nvidia");

    [Fact]
    public void Hello_keeps_versions_and_call_groups()
    {
        var hello = new HelloFrame("12.550.163.01", "", new ProbeBuild("0.1.0", 0xFEDCBA98), ["thermal", "power", "nvlink"]);
        var read = HelloFrame.Read(Payload(FrameType.Hello, hello.Write));
        Assert.NotNull(read);
        Assert.Equal((hello.LibraryVersion, hello.DriverVersion, hello.Build), (read.LibraryVersion, read.DriverVersion, read.Build));
        Assert.Equal(hello.CallGroups, read.CallGroups);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_device_keeps_all_of_its_identity(bool isPartial)
    {
        var row = new DeviceFrame(3, Card(), NoDataReason.ResetRequired, "nvmlDeviceGetHandleByPciBusId_v2 answered ResetRequired (16)") { IsPartial = isPartial };
        Assert.Equal(row, DeviceFrame.Read(Payload(FrameType.Device, row.Write), Nvidia));
    }

    [Fact]
    public void A_sweeps_end_keeps_its_numbers()
    {
        var sweep = new SweepEndFrame(SampleGroup.Slow, 639000000000000000, 4_300_000_000, 2, 1_000_000, 3);
        Assert.True(SweepEndFrame.TryRead(Payload(FrameType.SweepEnd, sweep.Write), out var read));
        Assert.Equal(sweep, read);
    }

    [Theory]
    [InlineData(0, HealthEventKind.DriverError, 79)]
    [InlineData(EventFrame.NoDevice, HealthEventKind.UncorrectableMemoryError, -1)]
    public void An_event_keeps_its_device_kind_code_time_and_text(ushort ordinal, HealthEventKind kind, long code)
    {
        var happened = new EventFrame(ordinal, kind, code, 639000000000000000, "Xid → ä");
        Assert.Equal(happened, EventFrame.Read(Payload(FrameType.Event, happened.Write)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Unavailable_keeps_reason_detail_and_whether_the_sandbox_is_to_blame(bool denied)
    {
        var refusal = new UnavailableFrame(NoDataReason.DriverNotLoaded, "nvmlInit_v2 answered DriverNotLoaded (9)", denied);
        Assert.Equal(refusal, UnavailableFrame.Read(Payload(FrameType.Unavailable, refusal.Write)));
    }

    [Fact]
    public void A_text_that_is_too_long_is_cut_at_a_whole_character_and_the_fields_after_it_survive()
    {
        var row = new DeviceFrame(1, Card() with { Name = new string('ä', 5000), Serial = new string('x', 5000) }, NoDataReason.None, new string('€', 5000));
        var read = DeviceFrame.Read(Payload(FrameType.Device, row.Write), Nvidia);
        Assert.NotNull(read);
        Assert.Equal(new string('ä', 60), read.Device.Name);
        Assert.Equal(new string('x', 120), read.Device.Serial);
        Assert.Equal(new string('€', 166), read.Detail);
        Assert.Equal((Card().Firmware, Card().NumaNode), (read.Device.Firmware, read.Device.NumaNode));
    }

    [Fact]
    public void A_part_comes_out_with_its_card_and_traits_as_far_as_a_frame_takes_them()
    {
        var traits = new DeviceTraits([.. Enumerable.Range(0, 40).Select(i => new DeviceTrait($"trait_{i}" + new string('k', 40), new string('v', 200)))]);
        var (most, text) = (new string('x', 120), new string('x', 500));
        var part = new DevicePartition(new DeviceId(most), most, 7, 0);
        var row = new DeviceFrame(1, new Device
        {
            Vendor = Nvidia,
            Id = new DeviceId(text),
            PciAddress = text,
            Name = text,
            Serial = text,
            PartNumber = text,
            Firmware = text,
            ConfigurationImage = text,
            Partition = part,
            Traits = traits,
        }, NoDataReason.None, text);
        var read = DeviceFrame.Read(Payload(FrameType.Device, row.Write), Nvidia)!.Device;
        Assert.Equal(part, read.Partition);
        Assert.Equal((18, 32, 96), (read.Traits.All.Length, read.Traits.All[16].Key.Length, read.Traits.All[16].Value.Length));
        Assert.Equal(new DeviceTrait("left_out", "23"), read.Traits.All[17]);
        Assert.NotEqual(DeviceTraits.None, read.Traits);
    }

    /// <summary>Half a PCI address is another card's, and half of 96-119 another processor's.</summary>
    [Theory]
    [InlineData(7, 7, 0)]
    [InlineData(8, 6, 2)]
    [InlineData(36, 6, 30)]
    public void A_list_that_is_too_long_is_cut_between_its_entries_and_says_how_many_more_there_are(int entries, int kept, int more)
    {
        string[] places = [.. Enumerable.Range(1, entries).Select(i => $"0000:{i:x2}:00.0")];
        var row = new DeviceFrame(1, Card() with { Traits = new DeviceTraits(new("link_peers", string.Join(',', places)), new("tray", "1")) }, NoDataReason.None, "");
        var read = DeviceFrame.Read(Payload(FrameType.Device, row.Write), Nvidia)!.Device.Traits.All;
        Assert.Equal(string.Join(',', [.. places.Take(kept), .. more > 0 ? [$"… {more} more"] : Array.Empty<string>()]), read[0].Value);
        Assert.Equal(new DeviceTrait("tray", "1"), read[1]);
    }

    [Fact]
    public void No_text_costs_memory_on_its_way_into_a_frame()
    {
        var builder = new FrameBuilder(1);
        var row = new DeviceFrame(1, Card(), NoDataReason.None, "");
        row.Write(builder);
        Assert.Equal(0, Allocated.By(() => row.Write(builder)));
    }

    [Fact]
    public void A_payload_cut_short_anywhere_is_refused()
    {
        var sweep = Payload(FrameType.SweepEnd, new SweepEndFrame(SampleGroup.Fast, 1, 2, 3, 4, 5).Write);
        var hello = Payload(FrameType.Hello, new HelloFrame("1", "2", new ProbeBuild("3", 4), ["a"]).Write);
        var row = Payload(FrameType.Device, new DeviceFrame(1, Card(), NoDataReason.None, "").Write);
        var happened = Payload(FrameType.Event, new EventFrame(1, HealthEventKind.DriverError, 1, 1, "x").Write);
        var refusal = Payload(FrameType.Unavailable, new UnavailableFrame(NoDataReason.Invalid, "x", false).Write);
        Assert.All(Prefixes(sweep), cut => Assert.False(SweepEndFrame.TryRead(cut, out _)));
        Assert.All(Prefixes(hello), cut => Assert.Null(HelloFrame.Read(cut)));
        Assert.All(Prefixes(row), cut => Assert.Null(DeviceFrame.Read(cut, Nvidia)));
        Assert.All(Prefixes(happened), cut => Assert.Null(EventFrame.Read(cut)));
        Assert.All(Prefixes(refusal), cut => Assert.Null(UnavailableFrame.Read(cut)));
    }

    [Fact]
    public void Numbers_that_name_nothing_are_refused()
    {
        Assert.Null(EventFrame.Read(Payload(FrameType.Event, new EventFrame(1, (HealthEventKind)99, 1, 1, "x").Write)));
        Assert.Null(EventFrame.Read(Payload(FrameType.Event, new EventFrame(1, HealthEventKind.DriverError, 1, -1, "x").Write)));
        Assert.Null(DeviceFrame.Read(Payload(FrameType.Device, new DeviceFrame(1, Card(), (NoDataReason)99, "x").Write), Nvidia));
        Assert.Null(DeviceFrame.Read(Payload(FrameType.Device, new DeviceFrame(1, Card() with { Id = new DeviceId("") }, NoDataReason.None, "").Write), Nvidia));
        Assert.Null(UnavailableFrame.Read(Payload(FrameType.Unavailable, new UnavailableFrame((NoDataReason)99, "x", false).Write)));
        Assert.Null(UnavailableFrame.Read(Payload(FrameType.Unavailable, new UnavailableFrame(NoDataReason.None, "x", false).Write)));
        Assert.False(SweepEndFrame.TryRead(Payload(FrameType.SweepEnd, new SweepEndFrame((SampleGroup)2, 1, 1, 0, 0, 0).Write), out _));
        Assert.False(SweepEndFrame.TryRead(Payload(FrameType.SweepEnd, new SweepEndFrame(SampleGroup.Fast, 1, -1, 0, 0, 0).Write), out _));
    }

    private static Device Card() => new()
    {
        Vendor = Nvidia,
        Id = new DeviceId("GPU-1"),
        PciAddress = "0000:18:00.0",
        Index = 2,
        Name = "NVIDIA H100",
        Serial = "165",
        PartNumber = "692",
        Slot = 4,
        Minor = 3,
        Firmware = "96.00",
        ConfigurationImage = "G520",
        NumaNode = 1,
    };

    private static byte[] Payload(FrameType type, Action<FrameBuilder> write) => FrameBytes.Payload(FrameBytes.Of(type, write));

    private static IEnumerable<byte[]> Prefixes(byte[] payload) => Enumerable.Range(0, payload.Length).Select(length => payload[..length]);
}
