using System.Globalization;
using System.Text.Json;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// Reads what a server says of a bad request. v1: <c>{"error":"partial write: … dropped=2"}</c>, and lines that could not be parsed quoted
/// by their text. v2: <c>{"code":"invalid","message":"…","line":2}</c>. v3: <c>{"error":"…","data":[{"line_number":2,"error_message":"…"}]}</c>.
/// </summary>
internal static class ServerWords
{
    private const int LongestText = 300;

    public static WriteAnswer BadRequest(string body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object) return Read(json.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or half a letter in it (\ud800): the words are shown as they are.
        }

        return new(Verdict.BadPoints, OneLine(body));
    }

    /// <summary>The message of any answer.</summary>
    public static string Text(string body) => BadRequest(body).Text;

    private static WriteAnswer Read(JsonElement root)
    {
        var text = Member(root, "error") ?? Member(root, "message") ?? "";
        var lines = new List<int>();
        AddLine(root, "line", lines);
        foreach (var entry in Entries(root))
        {
            AddLine(entry, "line_number", lines);
            if (lines.Count == 1 && Member(entry, "error_message") is { } why) text = $"{text}: {why}";
        }

        var dropped = Dropped(text);
        return new(dropped > 0 && lines.Count == 0 ? Verdict.PartlyAccepted : Verdict.BadPoints, OneLine(text))
        {
            BadLines = lines,
            BadTexts = Quoted(text),
            Dropped = dropped,
        };
    }

    // One object where nothing was taken, an array where something was.
    private static IEnumerable<JsonElement> Entries(JsonElement root)
    {
        if (!root.TryGetProperty("data", out var data)) return [];
        return data.ValueKind switch
        {
            JsonValueKind.Array => data.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.Object),
            JsonValueKind.Object => [data],
            _ => [],
        };
    }

    private static string? Member(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static void AddLine(JsonElement entry, string name, List<int> lines)
    {
        if (entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var line)) lines.Add(line - 1);
    }

    // v1 "… dropped=2"; v2 "… dropped 2 points outside retention policy …"
    private static int Dropped(string text)
    {
        const string word = "dropped";
        var at = text.LastIndexOf(word, StringComparison.Ordinal);
        if (at < 0) return 0;
        var rest = text.AsSpan(at + word.Length).TrimStart("= ");
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(digits < 0 ? rest : rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
    }

    // unable to parse 'LINE': why
    private static List<string> Quoted(string text)
    {
        const string begin = "unable to parse '";
        var quoted = new List<string>();
        for (var at = text.IndexOf(begin, StringComparison.Ordinal); at >= 0; at = text.IndexOf(begin, at, StringComparison.Ordinal))
        {
            at += begin.Length;
            var end = text.IndexOf("': ", at, StringComparison.Ordinal);
            if (end < 0) break;
            quoted.Add(text[at..end]);
        }

        return quoted;
    }

    private static string OneLine(string text)
    {
        var line = string.Concat(text.Trim().Take(LongestText).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Trim().Length > LongestText ? line + "…" : line;
    }
}
