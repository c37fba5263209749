using Forewarn.Model;

namespace Forewarn.Daemon.Workloads;

/// <summary>What the name of a control group says of its owner; texts are empty where it says nothing.</summary>
/// <param name="Manager">Who made the group.</param>
/// <param name="Id">Job id, pod uid (with dashes), container id, or systemd unit.</param>
/// <param name="Step">Step of a Slurm job.</param>
/// <param name="Container">Container of a pod.</param>
internal readonly record struct CgroupOwner(WorkloadOrigin Manager, string Id, string Step, string Container)
{
    public static CgroupOwner Nobody { get; } = new(WorkloadOrigin.None, "", "", "");

    /// <summary>
    /// Says more than another: a job in a pod's container is the job's, a container of a pod the pod's, and a job's step more than the job.
    /// </summary>
    public bool SaysMoreThan(CgroupOwner other) => Rank > other.Rank;

    private int Rank => (Manager switch
    {
        WorkloadOrigin.Slurm => 3,
        WorkloadOrigin.Kubernetes => 2,
        WorkloadOrigin.Container => 1,
        _ => 0,
    } * 8) + (Id.Length > 0 ? 1 : 0) + (Step.Length > 0 ? 2 : 0) + (Container.Length > 0 ? 2 : 0);
}
