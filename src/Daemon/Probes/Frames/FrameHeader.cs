using System.Buffers.Binary;
using System.Numerics;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>
/// The sixteen bytes before each payload, little-endian: magic, protocol version, type, payload length, the probe's generation, CRC-32C
/// over all of that and the payload. A whole frame never exceeds PIPE_BUF (4,096 on Linux, pipe(7)), so one write is all or nothing
/// and the lanes of a probe need no lock between them.
/// </summary>
internal static class FrameHeader
{
    public const int Size = 16;
    public const int MaxFrame = 4096;
    public const int MaxPayload = MaxFrame - Size;
    public const uint Magic = 0x314E5746; // "FWN1"
    public const byte Version = 1;

    private const int ChecksumAt = 12;

    /// <summary>Writes the header before a payload that already stands behind it.</summary>
    public static void Seal(Span<byte> frame, FrameType type, uint generation)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(frame, Magic);
        frame[4] = Version;
        frame[5] = (byte)type;
        BinaryPrimitives.WriteUInt16LittleEndian(frame[6..], (ushort)(frame.Length - Size));
        BinaryPrimitives.WriteUInt32LittleEndian(frame[8..], generation);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[ChecksumAt..], Checksum(frame));
    }

    public static uint MagicOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32LittleEndian(header);

    public static int PayloadLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);

    public static uint Generation(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);

    public static bool IsIntact(ReadOnlySpan<byte> frame)
        => BinaryPrimitives.ReadUInt32LittleEndian(frame[ChecksumAt..]) == Checksum(frame);

    /// <summary>CRC-32C over the header in front of the checksum, and the payload.</summary>
    public static uint Checksum(ReadOnlySpan<byte> frame)
    {
        var crc = Continue(uint.MaxValue, frame[..ChecksumAt]);
        return ~Continue(crc, frame[Size..]);
    }

    private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return crc;
    }
}
