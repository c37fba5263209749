using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>A job as its users call it.</summary>
internal static class JobName
{
    private const int ShortId = 12; // as docker and crictl print it

    public static string Of(JobEfficiency job) => job.Manager switch
    {
        WorkloadManager.Slurm => $"slurm {job.Id}",
        WorkloadManager.Kubernetes when job.Pod is { } pod => job.Namespace is { } space ? $"{space}/{pod}" : pod,
        WorkloadManager.Kubernetes => $"pod {Short(job.Id)}",
        WorkloadManager.Container => $"container {Short(job.Id)}",
        _ when job.Id is { } unit => unit,
        _ when job.User is { } user => "processes of uid " + user.ToString(CultureInfo.InvariantCulture),
        _ => "processes of nobody known",
    };

    private static string Short(string? id) => id is { Length: > ShortId } ? id[..ShortId] : id ?? Quantity.Unknown;
}
