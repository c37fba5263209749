using System.Text.Json.Nodes;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>In what two recordings differ, as far as it matters to who reads them: commands whole, of nodes and jobs the values that the controller reads and the form of all the others.</summary>
internal static class SlurmDrift
{
    // What src/Daemon/Schedulers/Slurm asks for.
    private static readonly HashSet<string> Read =
    [
        "name", "state", "state_flags", "reason", "partitions", "gres", "gres_used", "active_features", "cpus", "alloc_cpus", "real_memory", "alloc_memory",
        "job_id", "job_state", "state_reason", "priority", "batch_flag", "comment", "admin_comment", "tres_per_node", "tres_per_job", "tres_per_socket", "tres_per_task", "required_nodes",
        "array_task_id", "array_job_id", "het_job_id", "user_name", "user_id", "partition", "nodes", "node_count", "gres_detail", "time_limit", "restart_cnt", "requeue", "resv_name", "features",
        "excluded_nodes", "memory_per_node", "memory_per_cpu",
    ];

    // They come some seconds late, or with a slurmd that is slow, and nothing hangs on them.
    private static readonly string[] Passing = ["RESERVED", "PLANNED", "NOT_RESPONDING"];

    /// <summary>A line for each thing that one has and the other has not.</summary>
    public static IReadOnlyList<string> Between(SlurmRecording recorded, SlurmRecording now)
    {
        var (then, today) = (Lines(recorded).ToList(), Lines(now).ToList());
        return [.. then.Except(today).Select(static line => $"recorded: {line}"), .. today.Except(then).Select(static line => $"now:      {line}")];
    }

    private static IEnumerable<string> Lines(SlurmRecording recording) => recording.Commands.Select(static command => command.Summary)
        .Concat(recording.Readings.SelectMany(static one => Lines($"{one.Key}, sinfo", one.Value.Nodes).Concat(Lines($"{one.Key}, squeue", one.Value.Jobs)).Append($"{one.Key}, reservations: {one.Value.Holds}")));

    private static IEnumerable<string> Lines(string what, string answer)
        => from list in JsonNode.Parse(answer)!.AsObject()
           from item in (list.Value as JsonArray ?? []).Select(static (item, i) => (Fields: item!.AsObject(), Number: i))
           from field in item.Fields
           select $"{what}, {list.Key} {item.Number}, {field.Key}: {(Read.Contains(field.Key) ? Value(field.Key, field.Value) : field.Value?.GetValueKind().ToString() ?? "null")}";

    private static string Value(string name, JsonNode? value) => name switch
    {
        "state_flags" => string.Join(' ', value!.AsArray().Select(static flag => (string)flag!).Except(Passing)),
        // Of a job that waits it changes with the scheduler's rounds; that it is held is what counts.
        "state_reason" => ((string)value!).StartsWith("JobHeld", StringComparison.Ordinal) ? "held" : "not held",
        _ => value?.ToJsonString() ?? "null",
    };
}
