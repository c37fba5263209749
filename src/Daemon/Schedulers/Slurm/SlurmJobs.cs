using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>The jobs of <c>squeue --json</c>. Its text form is not used: a job's name can say there whatever it likes.</summary>
internal static class SlurmJobs
{
    /// <summary>Throws <see cref="FormatException"/> when any of them is not understood.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="nodes">The nodes, of the same reading.</param>
    /// <param name="bounds">What a job may declare.</param>
    /// <param name="complaints">Gets what jobs declared and is not understood.</param>
    public static ImmutableDictionary<string, ClusterJob> Read(
        JsonElement answer, ImmutableDictionary<string, ClusterNode> nodes, ContractBounds bounds, ICollection<string> complaints)
        => answer.GetProperty("jobs").EnumerateArray().Select(job => Job(job, nodes, bounds, complaints)).ToImmutableDictionary(job => job.Id);

    private static ClusterJob Job(JsonElement job, ImmutableDictionary<string, ClusterNode> nodes, ContractBounds bounds, ICollection<string> complaints)
    {
        var id = Id(job.Number("job_id"));
        List<string> own = [];
        var (name, user, partition) = (job.Text("name"), job.Text("user_name"), job.Text("partition"));
        var account = job.TextOrNone("account");
        // Nobody has written a program for what a person types: a signal would end the session.
        var site = Kind(job) == JobKind.Interactive ? null : bounds.Site.FirstOrDefault(one => one.Covers(partition, user, account, name));
        var contract = ContractText.Read(job.Text("comment"), bounds, own, site, user, id);
        foreach (var complaint in own) complaints.Add($"job {id}: {complaint}");
        var perNode = AskedFor(job.Text("tres_per_node"));
        var count = (int)Math.Max(1, job.NumberOrNone("node_count"));
        var asked = perNode is { Count: > 0 } ? perNode.Count * count : Asked(job);
        var held = Nodes(job, nodes, asked / count);
        var phase = Phase(job);
        var required = HostList.Expand(job.Text("required_nodes"));
        return new()
        {
            Id = id,
            Address = job.Number("array_task_id") is { } task && job.Number("array_job_id") is > 0 and var array ? $"{Id(array)}_{Id(task)}" : id,
            Name = name,
            User = user,
            UserId = (int)(job.Number("user_id") ?? -1),
            Partition = partition,
            Kind = Kind(job),
            Leader = job.Number("het_job_id") is > 0 and var leader ? Id(leader) : id,
            Phase = perNode is null || required is null ? JobPhase.Unknown : phase, // its user's text, in a form that is not known: a job to be left alone, and no more than that
            EndedWell = job.Words("job_state") is ["COMPLETED"], // Slurm calls FAILED what ended with another code than 0
            Nodes = held,
            EndedInError = job.Words("job_state") is ["FAILED"],
            Ended = phase is JobPhase.Ended or JobPhase.Cancelled ? Time(job.Number("end_time")) : null,
            // Of one that has ended Slurm tells the nodes, and the cards no more.
            Cards = (int)Math.Max(1, held.All(static node => node.Cards.IsEmpty) ? asked : held.Sum(node => node.Cards.Length)),
            Started = Time(job.Number("start_time")),
            Ends = job.Number("time_limit") is not { } limit ? null : phase is JobPhase.Ended ? Time(job.Number("start_time"))?.AddMinutes(limit) : Time(job.Number("end_time")),
            Restarts = (int)(job.Number("restart_cnt") ?? 0),
            CanRequeue = job.Flag("requeue"),
            Reservation = job.Text("resv_name"),
            RequiredNodes = required ?? [],
            Needs = Needs(job),
            Contract = contract,
            AdminComment = job.TryGetProperty("admin_comment", out _) ? job.Text("admin_comment") : null,
        };
    }

    // A list that is not understood excludes nobody here; the job then waits where it was brought, and its move is taken back.
    private static JobNeeds Needs(JsonElement job)
    {
        var (nodes, cpus) = (Math.Max(1, job.NumberOrNone("node_count")), job.NumberOrNone("cpus"));
        var perNode = (int)((cpus + nodes - 1) / nodes);
        return new()
        {
            Features = job.TextOrNone("features"),
            Excluded = HostList.Expand(job.TextOrNone("excluded_nodes")) ?? [],
            Cpus = perNode,
            Memory = job.NumberOrNone("memory_per_node") is > 0 and var memory ? memory : job.NumberOrNone("memory_per_cpu") * perNode,
        };
    }

    private static JobKind Kind(JsonElement job)
        => !job.Flag("batch_flag") && job.Number("het_job_id") is not > 0 ? JobKind.Interactive
            : job.Number("het_job_id") > 0 ? JobKind.Heterogeneous
            : job.Number("array_job_id") > 0 ? JobKind.ArrayTask
            : JobKind.Batch;

    // Slurm's slurm.h, job_states. Held is not a state there: a waiting job of priority 0 is, and the reason says so.
    private static JobPhase Phase(JsonElement job)
    {
        var words = job.Words("job_state");
        if (words.Contains("COMPLETING")) return JobPhase.Completing;
        if (words.Any(word => word is "REQUEUE_HOLD" or "SPECIAL_EXIT" or "RESV_DEL_HOLD")) return JobPhase.Held;
        return words.FirstOrDefault() switch
        {
            "RUNNING" or "CONFIGURING" or "SIGNALING" or "RESIZING" => JobPhase.Running,
            "STAGE_OUT" => JobPhase.Completing, // it has ended, and its data is brought away
            "PENDING" or "REQUEUED" or "REQUEUE_FED" => job.Number("priority") == 0 || job.Text("state_reason").StartsWith("JobHeld", StringComparison.Ordinal) ? JobPhase.Held : JobPhase.Pending,
            "SUSPENDED" or "STOPPED" => JobPhase.Suspended,
            "COMPLETED" or "FAILED" or "NODE_FAIL" or "PREEMPTED" or "BOOT_FAIL" or "OUT_OF_MEMORY" => JobPhase.Ended,
            "CANCELLED" or "TIMEOUT" or "DEADLINE" or "REVOKED" => JobPhase.Cancelled,
            _ => JobPhase.Unknown,
        };
    }

    private static SlurmCards? AskedFor(string text) => SlurmCards.Read(text.Replace("gres:", "", StringComparison.Ordinal).Replace("gres/", "", StringComparison.Ordinal));

    // Who asked by node asked for no more than that.
    private static int Asked(JsonElement job) => AskedFor(job.TextOrNone("tres_per_job")) is { Count: > 0 and var ofJob } ? ofJob
        : (AskedFor(job.TextOrNone("tres_per_task"))?.Count ?? 0) * (int)job.NumberOrNone("tasks");

    // sbatch(1): --gpus, --gpus-per-node and --gres, --gpus-per-socket, --gpus-per-task.
    private static readonly string[] AskedIn = ["tres_per_job", "tres_per_node", "tres_per_socket", "tres_per_task"];

    // In the order of the ranks, and the cards in the same order beside them.
    private static ImmutableArray<JobNode> Nodes(JsonElement job, ImmutableDictionary<string, ClusterNode> nodes, int perNode)
    {
        var text = job.Text("nodes");
        var names = HostList.Expand(text) ?? throw new FormatException($"nodes of job {job.Number("job_id")}: {text}");
        var told = job.Texts("gres_detail");
        // None asked for is none held; cards that were asked for and are not told can be any.
        var asksForNone = !told.Any(SlurmCards.AreIn) && !AskedIn.Any(field => SlurmCards.AreIn(job.TextOrNone(field)));
        return [.. names.Select((name, i) =>
        {
            ImmutableArray<int> held = told.Length == names.Length && SlurmCards.Read(told[i]) is { } cards ? cards.Indices : [];
            var ofNode = nodes.GetValueOrDefault(name)?.Cards ?? 0;
            return new JobNode(name, held, ofNode > 0 && (held.IsEmpty ? perNode : held.Length) == ofNode, HoldsNone: ofNode > 0 && asksForNone);
        })];
    }

    private static string Id(long? number) => (number ?? throw new FormatException("a job without an id")).ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(long? seconds) => seconds is > 0 and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value) : null;
}
