using System.Buffers.Binary;
using System.IO.Compression;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// Points as they go over the wire and lie in the spool: lines, compressed with gzip. Sent again it is the same, byte for byte, so that no
/// point counts twice. Immutable.
/// </summary>
/// <param name="Packed">The compressed lines.</param>
/// <param name="Points">How many lines.</param>
/// <param name="Taken">When the node's view was taken.</param>
internal sealed record Batch(ReadOnlyMemory<byte> Packed, int Points, DateTimeOffset Taken)
{
    public static byte[] Pack(ReadOnlySpan<byte> text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(text);
        return packed.ToArray();
    }

    /// <summary>The lines, each with its end; null when the bytes are damaged or are another number of lines.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Lines()
    {
        try
        {
            using var text = new MemoryStream();
            using (var gzip = new GZipStream(new MemoryStream(Packed.ToArray()), CompressionMode.Decompress)) gzip.CopyTo(text);
            var lines = Split(text.GetBuffer().AsMemory(0, (int)text.Length));
            return lines.Count == Points && lines.All(line => line.Span[^1] == '\n') && Ends(text.Length) ? lines : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // The framework does not miss a trailer that is cut off; servers do. It ends with the length of the text (RFC 1952, 2.3.1).
    private bool Ends(long length) =>
        Packed.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(Packed.Span[^sizeof(uint)..]) == (uint)length;

    private static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> text)
    {
        var lines = new List<ReadOnlyMemory<byte>>();
        while (!text.IsEmpty)
        {
            var end = text.Span.IndexOf((byte)'\n') is var at and >= 0 ? at + 1 : text.Length;
            lines.Add(text[..end]);
            text = text[end..];
        }

        return lines;
    }
}
