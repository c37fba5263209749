using Forewarn.Model;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>Takes what <see cref="SampleFrame"/> wrote. A frame that is out of range anywhere is refused as a whole.</summary>
internal static class SampleFrameReader
{
    /// <summary>The device's number in the inventory of the probe that sent the frame.</summary>
    public static ushort OrdinalOf(ReadOnlySpan<byte> payload) => new PayloadReader(payload).UInt16();

    /// <summary>Fills the sample; false when the payload is broken or names an unknown signal or reason.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, Sample sample, Action<int, long> called)
    {
        var reader = new PayloadReader(payload);
        reader.UInt16();
        sample.Group = (SampleGroup)reader.Byte();
        reader.Byte();
        var ticks = reader.Int64();
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks || sample.Group > SampleGroup.Slow) return false;
        sample.Time = new DateTimeOffset(ticks, TimeSpan.Zero);
        var readings = reader.UInt16();
        for (var i = 0; i < readings && !reader.IsBroken; i++)
        {
            if (!TryReadReading(ref reader, sample)) return false;
        }

        var calls = reader.UInt16();
        if (reader.IsBroken || reader.Remaining < calls * CallSize) return false;
        for (var i = 0; i < calls; i++) called(reader.UInt16(), reader.Int64());
        return true;
    }

    private static bool TryReadReading(ref PayloadReader reader, Sample sample)
    {
        var signal = reader.UInt16();
        var instance = reader.UInt16();
        var absence = (NoDataReason)reader.Byte();
        reader.Byte();
        var value = reader.Double();
        if (reader.IsBroken || !SignalCatalog.Knows(signal) || absence > NoDataReason.Excluded) return false;
        if (instance > (SignalCatalog.Of((SignalId)signal).InstanceLabel is null ? 0 : MaxInstance)) return false;
        return sample.Add(absence == NoDataReason.None && double.IsFinite(value)
            ? Reading.Of((SignalId)signal, value, instance)
            : Reading.None((SignalId)signal, absence == NoDataReason.None ? NoDataReason.Invalid : absence, instance));
    }

    private const int CallSize = sizeof(ushort) + sizeof(long);

    /// <summary>No vendor has that many links on one card (NVML_NVLINK_MAX_LINKS is 36); a bound for what is stored by instance.</summary>
    private const int MaxInstance = 255;
}
