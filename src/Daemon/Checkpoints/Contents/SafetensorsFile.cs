using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;

namespace Forewarn.Daemon.Checkpoints.Contents;

/// <summary>
/// A safetensors file: eight bytes with the length of a JSON header, the header, and the tensors, whose places in the file the header tells. The last
/// one ends where the file does (Hugging Face, safetensors, "Format").
/// </summary>
internal static class SafetensorsFile
{
    private const string What = "safetensors header";
    private const int LengthBytes = 8;

    // The same page: a header of more than 100 MB is refused by every reader.
    private const ulong MostHeader = 100_000_000;

    public static ContentFinding Check(CheckpointFile file)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        if (file.Length < LengthBytes) return ContentFinding.Torn(What, "is shorter than the length of its header");
        if (!file.TryRead(0, length)) return ContentFinding.Unread(What, file);
        var header = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (header > MostHeader) return ContentFinding.Torn(What, "tells a header of over 100 MB, which no reader takes");
        if ((ulong)file.Length < LengthBytes + header) return ContentFinding.Torn(What, "ends within its header");
        var json = new byte[header];
        if (!file.TryRead(LengthBytes, json)) return ContentFinding.Unread(What, file);
        return Ends(json) is { } ends
            ? Judge(ends, file.Length - LengthBytes - (long)header)
            : ContentFinding.Torn(What, "its header is not the JSON that it should be");
    }

    private static ContentFinding Judge(List<(long Begin, long End)> tensors, long bytes)
    {
        tensors.Sort();
        var at = 0L;
        foreach (var (begin, end) in tensors)
        {
            if (begin != at || end < begin) return ContentFinding.Torn(What, "its tensors overlap or leave holes");
            at = end;
        }

        return at == bytes
            ? ContentFinding.Good(string.Create(CultureInfo.InvariantCulture, $"safetensors header, {tensors.Count} tensors"))
            : ContentFinding.Torn(What, string.Create(CultureInfo.InvariantCulture, $"has {bytes} bytes of tensors where its header tells {at}"));
    }

    /// <summary>Where each tensor begins and ends; null when the header is none.</summary>
    private static List<(long Begin, long End)>? Ends(byte[] json)
    {
        try
        {
            using var header = JsonDocument.Parse(json);
            var found = new List<(long, long)>();
            foreach (var tensor in header.RootElement.EnumerateObject().Where(tensor => tensor.Name != "__metadata__"))
            {
                var offsets = tensor.Value.GetProperty("data_offsets");
                found.Add((offsets[0].GetInt64(), offsets[1].GetInt64()));
            }

            return found;
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
