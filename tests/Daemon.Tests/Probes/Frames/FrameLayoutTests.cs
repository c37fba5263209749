using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Tests.Sampling;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Probes.Frames;

/// <summary>The bytes that docs/probe-protocol.md shows. They are literals: a probe written from that page must fit.</summary>
public class FrameLayoutTests
{
    [Fact]
    public void A_header_is_sixteen_bytes_magic_version_type_length_generation_checksum()
    {
        var frame = FrameBytes.Of(FrameType.InventoryEnd, builder =>
        {
            builder.Begin();
            builder.UInt16(8);
        }, generation: 0x01020304);

        Assert.Equal("46574E31 01 03 0200 04030201 A4EBFA5A 0800", Hex(frame, 4, 1, 1, 2, 4, 4, 2));
    }

    [Fact]
    public void The_checksum_is_CRC32C_over_the_header_before_it_and_the_payload()
    {
        // "123456789" has the check value E3069283 in the catalogue of CRCs (CRC-32/ISCSI), which is this polynomial bit by bit.
        Assert.Equal(0xE3069283u, BitwiseCrc("123456789"u8));

        var frame = FrameBytes.Of(FrameType.Event, new EventFrame(3, HealthEventKind.DriverError, 79, 12345, "fell off the bus").Write);
        Assert.Equal(BitwiseCrc([.. frame[..12], .. frame[16..]]), BitConverter.ToUInt32(frame, 12));
    }

    [Fact]
    public void A_sample_is_its_device_time_readings_and_durations()
    {
        using var pipe = new PipePair();
        var sample = new SampleFrame(new FrameBuilder(1), pipe.Batch);
        sample.Begin(5, SampleGroup.Slow, new DateTimeOffset(0x0102030405060708, TimeSpan.Zero));
        sample.Value(SignalId.TemperatureGpu, 42);
        sample.None(SignalId.LinkUp, NoDataReason.NotSupported, instance: 17);
        sample.Called(2, 0x0000000501020304);
        Assert.True(sample.TrySend() && pipe.Batch.TryFlush());

        var link = $"{(ushort)SignalId.LinkUp:X2}00";
        Assert.Equal(
            "0500 01 00 0807060504030201 0200"                           // device 5, slow, -, UTC ticks, two readings
            + " 0000 0000 00 00 0000000000004540"                         // temperature_gpu, instance 0, present, -, 42.0
            + $" {link} 1100 01 00 0000000000000000"                      // link_up, instance 17, not supported, -, nothing
            + " 0100 0200 0403020105000000",                              // one call: group 2, nanoseconds
            Hex(FrameBytes.Payload(pipe.Drain().ToArray()), 2, 1, 1, 8, 2, 2, 2, 1, 1, 8, 2, 2, 1, 1, 8, 2, 2, 8));
    }

    [Fact]
    public void A_text_is_its_length_and_UTF8()
    {
        var frame = FrameBytes.Of(FrameType.Unavailable, new UnavailableFrame(NoDataReason.LibraryMissing, "é!", SandboxDenied: true).Write);
        Assert.Equal("04 01 0300 C3A921", Hex(FrameBytes.Payload(frame), 1, 1, 2, 3));
    }

    [Fact]
    public void The_numbers_of_frame_types_reasons_and_kinds_do_not_move()
    {
        Assert.Equal(
            ["Hello", "Device", "InventoryEnd", "Sample", "SweepEnd", "Event", "Unavailable"],
            Enumerable.Range(1, 7).Select(number => ((FrameType)number).ToString()));
        Assert.Equal(
            ["None", "NotSupported", "NoPermission", "SymbolMissing", "LibraryMissing", "DriverNotLoaded", "DeviceLost", "ResetRequired",
                "Stalled", "TimedOut", "Invalid", "SourceStopped", "Excluded"],
            Enumerable.Range(0, 13).Select(number => ((NoDataReason)number).ToString()));
        Assert.Equal(
            ["DriverError", "UncorrectableMemoryError"], Enumerable.Range(0, 2).Select(number => ((HealthEventKind)number).ToString()));
    }

    private static string Hex(byte[] bytes, params int[] fields)
    {
        Assert.Equal(bytes.Length, fields.Sum());
        var at = 0;
        return string.Join(' ', fields.Select(size => Convert.ToHexString(bytes, (at += size) - size, size)));
    }

    private static uint BitwiseCrc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
        }

        return ~crc;
    }
}
