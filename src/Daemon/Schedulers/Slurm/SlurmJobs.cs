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
        var contract = ContractText.Read(job.Text("comment"), bounds, own);
        foreach (var complaint in own) complaints.Add($"job {id}: {complaint}");
        var held = Nodes(job, nodes);
        var perNode = SlurmCards.Read(job.Text("tres_per_node").Replace("gres:", "", StringComparison.Ordinal).Replace("gres/", "", StringComparison.Ordinal)).Count;
        return new()
        {
            Id = id,
            Name = job.Text("name"),
            User = job.Text("user_name"),
            UserId = (int)(job.Number("user_id") ?? -1),
            Partition = job.Text("partition"),
            Kind = Kind(job),
            Leader = job.Number("het_job_id") is > 0 and var leader ? Id(leader) : id,
            Phase = Phase(job),
            Nodes = held,
            Cards = (int)Math.Max(1, held.IsEmpty ? perNode * (job.Number("node_count") ?? 1) : held.Sum(node => node.Cards.Length)),
            Started = Time(job.Number("start_time")),
            Ends = job.Number("time_limit") is null ? null : Time(job.Number("end_time")),
            Restarts = (int)(job.Number("restart_cnt") ?? 0),
            CanRequeue = job.Flag("requeue"),
            Reservation = job.Text("resv_name"),
            RequiredNodes = HostList.Expand(job.Text("required_nodes")) ?? throw new FormatException($"required_nodes of job {id}: {job.Text("required_nodes")}"),
            Contract = contract,
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
        return words[0] switch
        {
            "RUNNING" or "CONFIGURING" or "SIGNALING" or "STAGE_OUT" or "RESIZING" => JobPhase.Running,
            "PENDING" or "REQUEUED" or "REQUEUE_FED" => job.Number("priority") == 0 || job.Text("state_reason").StartsWith("JobHeld", StringComparison.Ordinal) ? JobPhase.Held : JobPhase.Pending,
            "REQUEUE_HOLD" or "SPECIAL_EXIT" or "RESV_DEL_HOLD" => JobPhase.Held,
            "SUSPENDED" or "STOPPED" => JobPhase.Suspended,
            "COMPLETED" or "CANCELLED" or "FAILED" or "TIMEOUT" or "NODE_FAIL" or "PREEMPTED" or "BOOT_FAIL" or "DEADLINE" or "OUT_OF_MEMORY" or "REVOKED" => JobPhase.Ended,
            _ => JobPhase.Unknown,
        };
    }

    // In the order of the ranks, and the cards in the same order beside them.
    private static ImmutableArray<JobNode> Nodes(JsonElement job, ImmutableDictionary<string, ClusterNode> nodes)
    {
        var text = job.Text("nodes");
        var names = HostList.Expand(text) ?? throw new FormatException($"nodes of job {job.Number("job_id")}: {text}");
        var cards = job.GetProperty("gres_detail").EnumerateArray().Select(detail => SlurmCards.Read(detail.GetString()!).Indices).ToList();
        return [.. names.Select((name, i) =>
        {
            ImmutableArray<int> held = cards.Count == names.Length ? cards[i] : [];
            return new JobNode(name, held, nodes.GetValueOrDefault(name) is { Cards: > 0 } node && held.Length == node.Cards);
        })];
    }

    private static string Id(long? number) => (number ?? throw new FormatException("a job without an id")).ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(long? seconds) => seconds is > 0 and < 100_000_000_000 ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value) : null;
}
