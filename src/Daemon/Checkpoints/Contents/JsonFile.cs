using System.Text.Json;

namespace Forewarn.Daemon.Checkpoints.Contents;

/// <summary>A JSON file: half of one is none.</summary>
internal static class JsonFile
{
    // Own figure: the index of a model with 100,000 tensors has some 8 MB; a Trainer's state grows with its log.
    private const int Most = 64 << 20;

    public static ContentFinding Check(CheckpointFile file)
    {
        if (file.Length > Most) return ContentFinding.Open("JSON of over 64 MiB, not read");
        var bytes = new byte[file.Length];
        if (!file.TryRead(0, bytes)) return ContentFinding.Unread("JSON", file);
        using var document = Parse(bytes);
        return document is null ? ContentFinding.Torn("JSON", "is not whole JSON") : ContentFinding.Good("JSON");
    }

    /// <summary>Null when it is not JSON.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
