using Forewarn.Model;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>One row of the inventory.</summary>
/// <param name="Ordinal">Number under which sample frames of this probe name the device.</param>
/// <param name="Device">Who it is, as far as it answers; the vendor is filled in by the agent.</param>
/// <param name="Absence">Why it cannot be measured; <see cref="NoDataReason.None"/> when it can.</param>
/// <param name="Detail">What the library said; empty when it can be measured.</param>
internal sealed record DeviceFrame(ushort Ordinal, Device Device, NoDataReason Absence, string Detail)
{
    public void Write(FrameBuilder builder)
    {
        builder.Begin();
        builder.UInt16(Ordinal).Byte((byte)Absence).Text(Detail)
            .Text(Device.Id.Value).Text(Device.PciAddress).Text(Device.Name).Text(Device.Serial).Text(Device.PartNumber)
            .Text(Device.Firmware).Text(Device.ConfigurationImage)
            .Int32(Device.Index).Int32(Device.Slot).Int32(Device.Minor).Int32(Device.NumaNode);
    }

    public static DeviceFrame? Read(ReadOnlySpan<byte> payload, Vendor vendor)
    {
        var reader = new PayloadReader(payload);
        var ordinal = reader.UInt16();
        var absence = (NoDataReason)reader.Byte();
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
        };
        return reader.IsBroken || device.Id.Value.Length == 0 || !Enum.IsDefined(absence) ? null : new DeviceFrame(ordinal, device, absence, detail);
    }
}
