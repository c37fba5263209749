using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using Forewarn.Controller.Reports;

namespace Forewarn.Daemon.Reporting;

/// <summary>Reports as they go over the wire, and what comes back.</summary>
internal static class ReportBody
{
    /// <summary>Longest text of an answer that is shown to a person.</summary>
    private const int LongestText = 300;

    /// <summary>JSON, compressed with gzip.</summary>
    public static byte[] Pack(AgentReport report)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) JsonSerializer.Serialize(gzip, report, FleetJson.Default.AgentReport);
        return packed.ToArray();
    }

    /// <summary>Null when it is none that this version understands.</summary>
    public static ReportReply? Reply(ReadOnlySpan<byte> body)
    {
        try
        {
            // What the text lacks is not empty but default.
            return JsonSerializer.Deserialize(body, FleetJson.Default.ReportReply) is { Protocol: > 0 } reply
                ? reply with { Orders = Whole(reply.Orders), Histories = Whole(reply.Histories) }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What a refusal says, in one line: the detail and hint of a problem (RFC 9457), or its text as it is.</summary>
    public static string Words(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return OneLine(string.Join("; ", new[] { Member(json.RootElement, "detail"), Member(json.RootElement, "hint") }.Where(text => text.Length > 0)));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or half a letter in it: the words are shown as they are.
        }

        return OneLine(body);
    }

    private static ImmutableArray<T> Whole<T>(ImmutableArray<T> array) where T : class => array.IsDefault ? [] : [.. array.Where(one => one is not null)];

    private static string Member(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static string OneLine(string text)
    {
        var line = string.Concat(text.Trim().Take(LongestText).Select(letter => char.IsControl(letter) ? ' ' : letter));
        return text.Trim().Length > LongestText ? line + "…" : line;
    }
}
