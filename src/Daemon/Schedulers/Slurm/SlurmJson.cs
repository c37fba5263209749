using System.Collections.Immutable;
using System.Text.Json;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>
/// Fields of Slurm's JSON, whose form changed over its versions: a number was once bare or null and is now an object that says whether it is set; a
/// state was one word and is now a list. Both are read; what is neither is a reading that failed.
/// </summary>
internal static class SlurmJson
{
    /// <summary>The field's text; empty when it is null. Throws <see cref="FormatException"/> when it is absent or no text.</summary>
    public static string Text(this JsonElement element, string name) => Field(element, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Null } => "",
        var other => throw new FormatException($"{name} is {other.ValueKind}, not text"),
    };

    /// <summary>The same, empty when there is no such field.</summary>
    public static string TextOrNone(this JsonElement element, string name) => element.TryGetProperty(name, out _) ? element.Text(name) : "";

    /// <summary>The field's number; null when it is null, not set or infinite.</summary>
    public static long? Number(this JsonElement element, string name) => Field(element, name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var value) => value,
        { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Object } inner when inner.TryGetProperty("set", out var set) => set.ValueKind == JsonValueKind.True && !IsInfinite(inner) ? inner.Number("number") : null,
        var other => throw new FormatException($"{name} is {other.ValueKind}, not a number"),
    };

    /// <summary>The same, 0 when there is no such field or no number in it.</summary>
    public static long NumberOrNone(this JsonElement element, string name) => element.TryGetProperty(name, out _) ? element.Number(name) ?? 0 : 0;

    /// <summary>The field's truth.</summary>
    public static bool Flag(this JsonElement element, string name) => Field(element, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        var other => throw new FormatException($"{name} is {other}, not true or false"),
    };

    /// <summary>The field's words in upper case, be they one or a list.</summary>
    public static ImmutableArray<string> Words(this JsonElement element, string name) => Field(element, name) switch
    {
        { ValueKind: JsonValueKind.String } word => [word.GetString()!.ToUpperInvariant()],
        { ValueKind: JsonValueKind.Array } => [.. element.Texts(name).Select(word => word.ToUpperInvariant())],
        var other => throw new FormatException($"{name} is {other.ValueKind}, not a word or words"),
    };

    /// <summary>The field's list of texts.</summary>
    public static ImmutableArray<string> Texts(this JsonElement element, string name) => Field(element, name) switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(text => text.ValueKind == JsonValueKind.String ? text.GetString()! : throw new FormatException($"a {text.ValueKind} in {name}, not text"))],
        var other => throw new FormatException($"{name} is {other.ValueKind}, not a list"),
    };

    private static bool IsInfinite(JsonElement inner) => inner.TryGetProperty("infinite", out var infinite) && infinite.ValueKind == JsonValueKind.True;

    private static JsonElement Field(JsonElement element, string name)
        => element.TryGetProperty(name, out var field) ? field : throw new FormatException($"there is no {name}");
}
