using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Tests.Recovery;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Schedulers;

/// <summary>What sinfo, squeue and scontrol tell of a cluster in memory: of each node, job and hold what was recorded of one in that state, with its own name, time and place in it.</summary>
internal sealed partial class RecordedAnswers(SlurmRecording recording)
{
    private readonly Dictionary<string, JsonObject> _nodes = recording.Readings.Values
        .SelectMany(static reading => Items(reading.Nodes, "nodes")).GroupBy(static node => Key((string)node["state"]!, Flags(node))).ToDictionary(static group => group.Key, static group => group.First());

    // Of a moment the job that was submitted last: it is the one that is looked at.
    private readonly Dictionary<string, JsonObject> _jobs = recording.Readings.Where(static one => Items(one.Value.Jobs, "jobs").Any())
        .ToDictionary(static one => one.Key, static one => Items(one.Value.Jobs, "jobs").MaxBy(static job => (int)job["job_id"]!)!);

    private readonly RecordedReading _empty = recording.Readings["empty"];
    private readonly RecordedReading _held = recording.Readings["held-nodes"];

    /// <summary>sinfo --json.</summary>
    public string Nodes(MemoryCluster cluster) => With(_empty.Nodes, "nodes", cluster.Nodes.Select(node => Node(cluster, node)));

    /// <summary>squeue --json --states=all.</summary>
    public string Jobs(MemoryCluster cluster) => With(_empty.Jobs, "jobs", cluster.Jobs.Select(Job));

    /// <summary>scontrol --oneliner show reservation.</summary>
    public string Holds(MemoryCluster cluster) => cluster.AllHolds.Count == 0 ? _empty.Holds : string.Concat(cluster.AllHolds.Select(hold => Hold(hold.Key, [.. hold.Value.Nodes], hold.Value.User, hold.Value.Until)));

    private JsonObject Node(MemoryCluster cluster, ClusterNode node)
    {
        var state = node.Phase == NodePhase.Down ? "down" : cluster.IsRunOn(node.Name) ? "allocated" : "idle";
        List<string> flags = [];
        if (node.IsDrained) flags.Add("DRAIN");
        if (cluster.IsCompleting(node.Name)) flags.Add("COMPLETING");
        // That it is kept is shown a moment later, and was recorded without.
        var told = (cluster.IsKept(node.Name) ? _nodes.GetValueOrDefault(Key(state, [.. flags, "RESERVED"])) : null) ?? _nodes.GetValueOrDefault(Key(state, flags))
            ?? throw new UnrecordedException($"no node was recorded that is {Key(state, flags)}");
        var one = told.DeepClone().AsObject();
        (one["name"], one["reason"]) = (node.Name, node.Reason);
        return one;
    }

    private JsonObject Job(ClusterJob job)
    {
        var moment = Moment(job);
        var one = (_jobs.GetValueOrDefault(moment) ?? throw new UnrecordedException($"no job was recorded that is {moment}")).DeepClone().AsObject();
        var names = job.Nodes.Select(static node => node.Name).ToList();
        (one["job_id"], one["restart_cnt"], one["resv_name"]) = (int.Parse(job.Id, CultureInfo.InvariantCulture), job.Restarts, job.Reservation);
        (one["user_name"], one["user_id"], one["partition"], one["name"]) = (job.User, job.UserId, job.Partition, job.Name);
        (one["comment"], one["admin_comment"]) = (Comment(job.Contract), job.AdminComment ?? "");
        (one["required_nodes"], one["nodes"]) = (string.Join(',', job.RequiredNodes), Short(names));
        if (job.Started is { } started) one["start_time"] = started.ToUnixTimeSeconds();
        if (job.Ended is { } ended) one["end_time"] = ended.ToUnixTimeSeconds();
        if (one["gres_detail"]!.AsArray() is [{ } cards, ..]) one["gres_detail"] = new JsonArray([.. names.Select(_ => cards.DeepClone())]);
        (one["node_count"], one["tasks"]) = (job.Cards / 8, job.Cards / 8);
        if (one["cpus"] is not null) one["cpus"] = job.Cards / 8;
        return one;
    }

    private static string Moment(ClusterJob job) => job.Phase switch
    {
        JobPhase.Running when job.Reservation.Length > 0 => "moved",
        JobPhase.Running => job.Restarts > 0 ? "detached" : "running",
        JobPhase.Held => job.Reservation.Length > 0 ? "steered" : "held",
        JobPhase.Pending => job.Reservation.Length > 0 ? "released" : job.Restarts > 0 ? "requeued" : "waiting",
        JobPhase.Ended when job.EndedInError => "failed",
        _ => job.Phase.ToString().ToLowerInvariant(),
    };

    private static string Comment(JobContract contract)
    {
        if (!contract.IsDeclared) return "";
        List<string> words = ["forewarn:", $"dir={contract.Directory}"];
        if (contract.Signal.Length > 0) words.Add($"signal={contract.Signal}");
        if (contract.AnswersRequests) words.Add($"on-request={contract.OnRequest.ToString().ToLowerInvariant()}");
        if (contract.CheckpointCost is { } cost) words.Add(FormattableString.Invariant($"cost={cost.TotalSeconds}s"));
        return string.Join(' ', words);
    }

    private string Hold(string name, string[] nodes, string user, DateTimeOffset until)
    {
        var fields = new Dictionary<string, string>
        {
            ["ReservationName"] = name,
            ["Nodes"] = Short([.. nodes.Order(StringComparer.Ordinal)]),
            ["NodeCnt"] = nodes.Length.ToString(CultureInfo.InvariantCulture),
            ["Users"] = user,
            ["EndTime"] = until.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        };
        return Field().Replace(_held.Holds, field => fields.TryGetValue(field.Groups["name"].Value, out var value) ? $"{field.Groups["name"].Value}={value}" : field.Value);
    }

    // As Slurm writes many names in short: n[1-2,4-5].
    private static string Short(List<string> names)
    {
        if (names.Count < 2) return string.Concat(names);
        List<(int First, int Last)> runs = [];
        foreach (var number in names.Select(static name => int.Parse(name[1..], CultureInfo.InvariantCulture)))
        {
            if (runs.Count > 0 && runs[^1].Last == number - 1) runs[^1] = (runs[^1].First, number);
            else runs.Add((number, number));
        }

        return $"n[{string.Join(',', runs.Select(static run => run.First == run.Last ? $"{run.First}" : $"{run.First}-{run.Last}"))}]";
    }

    private static string With(string answer, string list, IEnumerable<JsonObject> items)
    {
        var root = JsonNode.Parse(answer)!.AsObject();
        root[list] = new JsonArray([.. items]);
        return root.ToJsonString();
    }

    private static IEnumerable<JsonObject> Items(string answer, string list) => JsonNode.Parse(answer)![list]!.AsArray().Select(static item => item!.AsObject());

    private static IEnumerable<string> Flags(JsonObject node) => node["state_flags"]!.AsArray().Select(static flag => (string)flag!);

    private static string Key(string state, IEnumerable<string> flags) => string.Join('+', flags.Order(StringComparer.Ordinal).Prepend(state));

    [GeneratedRegex(@"(?<=^| )(?<name>\w+)=\S*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();
}
