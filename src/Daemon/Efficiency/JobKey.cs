using Forewarn.Model;

namespace Forewarn.Daemon.Efficiency;

/// <summary>What makes two workloads the same job: steps of a Slurm job and containers of a pod are one, whoever runs them.</summary>
/// <param name="Manager">Who started it.</param>
/// <param name="Id">Job, pod, container or unit; empty when none is known.</param>
/// <param name="User">Keeps bare processes of several users apart; −1 where the identity tells all.</param>
internal readonly record struct JobKey(WorkloadOrigin Manager, string Id, int User)
{
    public static JobKey Of(Workload workload) => new(workload.Manager, workload.Id, workload.Id.Length == 0 ? workload.User : -1);
}
