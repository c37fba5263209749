using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>A workload in a few words: <c>job 4711.batch</c>, <c>pod team/train-0</c>, <c>container 3f4a…</c>, <c>ollama.service</c>.</summary>
internal static class WorkloadText
{
    private const int ShortId = 12; // as docker ps shows it

    public static string Of(WorkloadReport workload) => workload switch
    {
        { Manager: WorkloadOrigin.Slurm } => $"job {workload.Id}{(workload.Step is { } step ? "." + step : "")}",
        { Manager: WorkloadOrigin.Kubernetes, Pod: { } pod } => $"pod {workload.Namespace}/{pod}",
        { Manager: WorkloadOrigin.Kubernetes } => $"pod {workload.Id}",
        { Manager: WorkloadOrigin.Container, Id: { } id } => $"container {id[..Math.Min(id.Length, ShortId)]}",
        { Id: { } unit } => unit,
        { User: { } user } => $"user {user}",
        _ => "unknown",
    };

    /// <summary>All of them for a column; – where nobody runs or nobody knows.</summary>
    public static string Of(DeviceReport device)
        => device.Workloads.Count == 0 ? Quantity.Unknown : string.Join(", ", device.Workloads.Select(Of).Distinct());

    /// <summary>With its share of the device.</summary>
    public static string Whole(WorkloadReport workload)
    {
        var memory = workload.MemoryBytes is { } bytes ? $", {Quantity.Gibibytes(bytes)} GiB" : "";
        var user = workload.User is { } id && workload.Manager != WorkloadOrigin.None ? $", user {id}" : "";
        return $"{Of(workload)}{user}, {workload.Processes} {(workload.Processes == 1 ? "process" : "processes")}{memory}";
    }
}
