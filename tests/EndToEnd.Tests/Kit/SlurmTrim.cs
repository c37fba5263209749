using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>Slurm's answers without what differs from run to run and from machine to machine: times, names, loads, ports. All fields stay.</summary>
internal static partial class SlurmTrim
{
    // 2026-01-01, as far as a number looks like a time of these years.
    private const long SomeTime = 1767225600;
    private const long FirstTime = 1_500_000_000;
    private const long LastTime = 4_000_000_000;

    // The priority of the first job that Slurm takes; only that it is not 0 says something.
    private const long SomePriority = 4294901759;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Dictionary<string, JsonValue> Fixed = new()
    {
        ["architecture"] = JsonValue.Create("x86_64"),
        ["batch_host"] = JsonValue.Create(""),
        ["command"] = JsonValue.Create("/home/ada/job.sh"),
        ["cpu_load"] = JsonValue.Create(0),
        ["current_working_directory"] = JsonValue.Create("/home/ada"),
        ["end_time"] = JsonValue.Create(SomeTime),
        ["free_memory"] = JsonValue.Create(0),
        ["group_id"] = JsonValue.Create(1000),
        ["group_name"] = JsonValue.Create("ada"),
        ["hostname"] = JsonValue.Create("host"),
        ["operating_system"] = JsonValue.Create("Linux"),
        ["port"] = JsonValue.Create(6818),
        ["reason_set_by_user"] = JsonValue.Create("root"),
        ["user_id"] = JsonValue.Create(1000),
        ["user_name"] = JsonValue.Create("ada"),
    };

    /// <summary>An answer of sinfo or squeue; each node or job stands on a line of its own.</summary>
    public static string Json(string answer)
    {
        var root = JsonNode.Parse(answer)!.AsObject();
        foreach (var field in root.Where(static field => field.Value is JsonArray).ToList()) Clean(field.Value!);
        return "{" + string.Join(",\n", root.Select(static field => $"\"{field.Key}\": {(field.Value is JsonArray list ? Lines(list) : field.Value!.ToJsonString(Plain))}")) + "}\n";
    }

    /// <summary>What scontrol tells of reservations.</summary>
    public static string Holds(string answer) => Times().Replace(answer, "2026-01-01T00:00:00").Replace($"Users={Environment.UserName}", "Users=ada", StringComparison.Ordinal) + "\n";

    private static string Lines(JsonArray list) => list.Count == 0 ? "[]" : "[\n" + string.Join(",\n", list.Select(static one => one!.ToJsonString(Plain))) + "]";

    private static void Clean(JsonNode node)
    {
        foreach (var one in (node as JsonArray)?.OfType<JsonNode>() ?? []) Clean(one);
        foreach (var (name, value) in (node as JsonObject)?.ToList() ?? [])
        {
            if (Fixed.TryGetValue(name, out var same)) node[name] = same.DeepClone();
            else if (value is JsonValue number && number.TryGetValue<long>(out var count)) node[name] = name == "priority" ? Math.Min(count, 1) * SomePriority : count is > FirstTime and < LastTime ? SomeTime : count;
            else if (value is not null) Clean(value);
        }
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", RegexOptions.None, 1000)]
    private static partial Regex Times();
}
