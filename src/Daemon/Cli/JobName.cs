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
        WorkloadOrigin.Slurm => $"slurm {job.Id}",
        WorkloadOrigin.Kubernetes when job.Pod is { } pod => job.Namespace is { } space ? $"{space}/{pod}" : pod,
        WorkloadOrigin.Kubernetes => $"pod {Short(job.Id)}",
        WorkloadOrigin.Container => $"container {Short(job.Id)}",
        _ when job.Id is { } unit => unit,
        _ when job.User is { } user => "processes of uid " + user.ToString(CultureInfo.InvariantCulture),
        _ => "processes of nobody known",
    };

    private static string Short(string? id) => id is { Length: > ShortId } ? id[..ShortId] : id ?? Quantity.Unknown;
}
