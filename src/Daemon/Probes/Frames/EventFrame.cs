using Forewarn.Model;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>Something that the vendor library announced.</summary>
/// <param name="Ordinal">The device's number in this probe's inventory; <see cref="NoDevice"/> for the whole node.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Code">The vendor's code.</param>
/// <param name="Ticks">Wall clock when it was seen, UTC ticks.</param>
/// <param name="Text">One line for a person.</param>
internal sealed record EventFrame(ushort Ordinal, HealthEventKind Kind, long Code, long Ticks, string Text)
{
    public const ushort NoDevice = ushort.MaxValue;

    public void Write(FrameBuilder builder)
    {
        builder.Begin();
        builder.UInt16(Ordinal).Byte((byte)Kind).Int64(Code).Int64(Ticks).Text(Text);
    }

    public static EventFrame? Read(ReadOnlySpan<byte> payload)
    {
        var reader = new PayloadReader(payload);
        var frame = new EventFrame(reader.UInt16(), (HealthEventKind)reader.Byte(), reader.Int64(), reader.Int64(), reader.Text());
        return reader.IsBroken || !Enum.IsDefined(frame.Kind) || frame.Ticks is < 0 or > 3155378975999999999 ? null : frame;
    }
}
