namespace Forewarn.Model;

/// <summary>To whom processes belong, as their control group tells it. Two processes of one job step have equal workloads.</summary>
public sealed record Workload
{
    /// <summary>Who started it.</summary>
    public required WorkloadOrigin Manager { get; init; }

    /// <summary>Slurm's job id, the uid of a pod, the id of a container, the systemd unit of a bare process; empty when none is known.</summary>
    public required string Id { get; init; }

    /// <summary>Slurm's step (<c>0</c>, <c>batch</c>, <c>extern</c>); empty elsewhere.</summary>
    public string Step { get; init; } = "";

    /// <summary>Namespace of a pod; empty elsewhere, and where the node does not tell it.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Name of a pod; empty elsewhere, and where the node does not tell it.</summary>
    public string Pod { get; init; } = "";

    /// <summary>Id of a pod's container; empty elsewhere.</summary>
    public string Container { get; init; } = "";

    /// <summary>User id of the processes; −1 when unknown.</summary>
    public int User { get; init; } = -1;
}
