namespace Forewarn.Daemon.Configuration;

/// <summary>What <c>forewarn check --slurm</c> may do.</summary>
internal enum SlurmMode
{
    /// <summary>Say what it would do.</summary>
    Observe,

    /// <summary>Drain this node.</summary>
    Auto,
}
