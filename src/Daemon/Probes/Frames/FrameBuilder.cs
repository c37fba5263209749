using System.Buffers.Binary;
using System.Text.Unicode;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>Builds one frame at a time in a buffer of its own; nothing is allocated after construction.</summary>
internal sealed class FrameBuilder(uint generation)
{
    /// <summary>Bytes of one text, where its place allows no fewer.</summary>
    private const int LongestText = 500;

    private readonly byte[] _buffer = new byte[FrameHeader.MaxFrame];
    private int _length = FrameHeader.Size;

    public int Remaining => FrameHeader.MaxFrame - _length;

    /// <summary>Where the next field goes; for a count that is known only later.</summary>
    public int Position => _length;

    public void Begin() => _length = FrameHeader.Size;

    public ReadOnlySpan<byte> Seal(FrameType type)
    {
        var frame = _buffer.AsSpan(0, _length);
        FrameHeader.Seal(frame, type, generation);
        return frame;
    }

    public FrameBuilder Byte(byte value)
    {
        _buffer[_length++] = value;
        return this;
    }

    public FrameBuilder UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Take(sizeof(ushort)), value);
        return this;
    }

    public FrameBuilder UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Take(sizeof(uint)), value);
        return this;
    }

    public FrameBuilder Int32(int value) => UInt32((uint)value);

    public FrameBuilder Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);
        return this;
    }

    public FrameBuilder Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);
        return this;
    }

    /// <summary>UTF-8 with a 16-bit length before it; cut at a whole character where it is longer than so many bytes.</summary>
    public FrameBuilder Text(string value, int longest = LongestText)
    {
        var at = _length;
        Take(sizeof(ushort));
        _ = Utf8.FromUtf16(value, _buffer.AsSpan(_length, Math.Min(longest, Remaining)), out _, out var written);
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(at), (ushort)written);
        _length += written;
        return this;
    }

    /// <summary>Overwrites a 16-bit field written before.</summary>
    public void Patch(int position, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(position), value);

    private Span<byte> Take(int size)
    {
        var taken = _buffer.AsSpan(_length, size);
        _length += size;
        return taken;
    }
}
