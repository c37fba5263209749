using System.Buffers.Binary;
using System.Text;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>
/// Reads the fields of a payload in order. A payload that is too short sets <see cref="IsBroken"/> and yields zeroes:
/// the caller checks once at the end.
/// </summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    /// <summary>True when a field lay beyond the end.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _rest.Length;

    public byte Byte() => Take(sizeof(byte))[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort)));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public string Text()
    {
        var length = UInt16();
        return length > _rest.Length ? Broken("") : Encoding.UTF8.GetString(Take(length));
    }

    private ReadOnlySpan<byte> Take(int size)
    {
        if (_rest.Length < size)
        {
            IsBroken = true;
            _rest = [];
            return "\0\0\0\0\0\0\0\0"u8;
        }

        var taken = _rest[..size];
        _rest = _rest[size..];
        return taken;
    }

    private T Broken<T>(T value)
    {
        IsBroken = true;
        return value;
    }
}
