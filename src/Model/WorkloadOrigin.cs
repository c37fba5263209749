namespace Forewarn.Model;

/// <summary>Who started the processes on a device.</summary>
public enum WorkloadOrigin : byte
{
    /// <summary>Nobody that is known: a process started by hand or by a service.</summary>
    None,

    /// <summary>A job of Slurm.</summary>
    Slurm,

    /// <summary>A pod of Kubernetes.</summary>
    Kubernetes,

    /// <summary>A container outside of any scheduler.</summary>
    Container,
}
