using Forewarn.Model;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>One row of the inventory.</summary>
/// <param name="Ordinal">Number under which sample frames of this probe name the device.</param>
/// <param name="Device">Who it is, as far as it answers; the vendor is filled in by the agent.</param>
/// <param name="Absence">Why it cannot be measured; <see cref="NoDataReason.None"/> when it can.</param>
/// <param name="Detail">What the library said; empty when it can be measured.</param>
internal sealed record DeviceFrame(ushort Ordinal, Device Device, NoDataReason Absence, string Detail)
{
    // With the detail's 500 bytes, nine texts and the room of the traits, which eighteen of the longest fill, take 4,022 bytes of a frame's 4,096.
    // nvml.h's longest text has 96 bytes.
    private const int LongestText = 120;

    /// <summary>A question of who it is failed in passing: where this row has nothing, what was known before holds.</summary>
    public bool IsPartial { get; init; }

    public void Write(FrameBuilder builder)
    {
        builder.Begin();
        builder.UInt16(Ordinal).Byte((byte)Absence).Byte((byte)(IsPartial ? 1 : 0)).Text(Detail);
        builder.Text(Device.Id.Value, LongestText).Text(Device.PciAddress, LongestText).Text(Device.Name, LongestText)
            .Text(Device.Serial, LongestText).Text(Device.PartNumber, LongestText).Text(Device.Firmware, LongestText)
            .Text(Device.ConfigurationImage, LongestText);
        builder.Int32(Device.Index).Int32(Device.Slot).Int32(Device.Minor).Int32(Device.NumaNode);
        builder.Text(Device.Partition?.Parent.Value ?? "", LongestText).Text(Device.Partition?.Profile ?? "", LongestText);
        builder.Int32(Device.Partition?.Instance ?? -1).Int32(Device.Partition?.ComputeInstance ?? -1);
        var traits = Device.Traits.All.IsEmpty ? [] : FittingTraits.Of(Device.Traits);
        builder.UInt16((ushort)traits.Length);
        foreach (var (key, value) in traits) builder.Text(key, FittingTraits.LongestKey).Text(value, FittingTraits.LongestValue);
    }

    public static DeviceFrame? Read(ReadOnlySpan<byte> payload, Vendor vendor)
    {
        var reader = new PayloadReader(payload);
        var ordinal = reader.UInt16();
        var absence = (NoDataReason)reader.Byte();
        var isPartial = reader.Byte() != 0;
        var detail = reader.Text();
        var device = new Device
        {
            Vendor = vendor,
            Id = new DeviceId(reader.Text()),
            PciAddress = reader.Text(),
            Name = reader.Text(),
            Serial = reader.Text(),
            PartNumber = reader.Text(),
            Firmware = reader.Text(),
            ConfigurationImage = reader.Text(),
            Index = reader.Int32(),
            Slot = reader.Int32(),
            Minor = reader.Int32(),
            NumaNode = reader.Int32(),
            Partition = Partition(reader.Text(), reader.Text(), reader.Int32(), reader.Int32()),
            Traits = Traits(ref reader),
        };
        return reader.IsBroken || device.Id.Value.Length == 0 || !Enum.IsDefined(absence) ? null : new DeviceFrame(ordinal, device, absence, detail) { IsPartial = isPartial };
    }

    private static DevicePartition? Partition(string parent, string profile, int instance, int compute)
        => parent.Length == 0 ? null : new DevicePartition(new DeviceId(parent), profile, instance, compute);

    private static DeviceTraits Traits(ref PayloadReader reader)
    {
        var count = reader.UInt16();
        if (count is 0 or > FittingTraits.Room) return DeviceTraits.None;
        var traits = new DeviceTrait[count];
        for (var i = 0; i < count; i++) traits[i] = new DeviceTrait(reader.Text(), reader.Text());
        return new DeviceTraits([.. traits]);
    }
}
