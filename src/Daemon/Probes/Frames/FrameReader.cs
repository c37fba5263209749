using System.Buffers;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>What became of an attempt to read a frame.</summary>
internal enum FrameOutcome
{
    /// <summary>A frame was read.</summary>
    Read,

    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>Bytes were passed over that are no frame of this generation; try again.</summary>
    Refused,
}

/// <summary>
/// Cuts frames out of the byte stream of one probe. A frame with a wrong checksum, an unknown version or another generation is refused whole;
/// after bytes that are no frame at all the next magic number is looked for.
/// </summary>
internal sealed class FrameReader(uint generation)
{
    private readonly byte[] _frame = new byte[FrameHeader.MaxFrame];

    /// <summary>The type of the frame read last.</summary>
    public FrameType Type { get; private set; }

    /// <summary>The payload of the frame read last; valid until the next call.</summary>
    public ReadOnlySpan<byte> Payload => _frame.AsSpan(FrameHeader.Size, _length - FrameHeader.Size);

    private int _length = FrameHeader.Size;

    public FrameOutcome TryRead(ref ReadOnlySequence<byte> bytes)
    {
        if (bytes.Length < FrameHeader.Size) return FrameOutcome.Incomplete;
        var header = _frame.AsSpan(0, FrameHeader.Size);
        bytes.Slice(0, FrameHeader.Size).CopyTo(header);
        var length = FrameHeader.Size + FrameHeader.PayloadLength(header);
        if (FrameHeader.MagicOf(header) != FrameHeader.Magic || length > FrameHeader.MaxFrame) return PassOver(ref bytes);
        if (bytes.Length < length) return FrameOutcome.Incomplete;

        var frame = _frame.AsSpan(0, length);
        bytes.Slice(0, length).CopyTo(frame);
        if (!FrameHeader.IsIntact(frame)) return PassOver(ref bytes);
        bytes = bytes.Slice(length);
        if (frame[4] != FrameHeader.Version || FrameHeader.Generation(frame) != generation) return FrameOutcome.Refused;
        Type = (FrameType)frame[5];
        _length = length;
        return FrameOutcome.Read;
    }

    /// <summary>The length in a broken header means nothing, so step one byte on and go to where the next frame may begin.</summary>
    private static FrameOutcome PassOver(ref ReadOnlySequence<byte> bytes)
    {
        bytes = bytes.Slice(1);
        var next = bytes.PositionOf((byte)(FrameHeader.Magic & 0xFF));
        bytes = next is { } position ? bytes.Slice(position) : bytes.Slice(bytes.End);
        return FrameOutcome.Refused;
    }
}
