namespace Forewarn.Daemon.Probes;

/// <summary>The threads of a probe that call the vendor library; each has its own call slot.</summary>
internal enum ProbeLane
{
    /// <summary>Load, inventory, then the fast group.</summary>
    Fast,

    /// <summary>The slow group.</summary>
    Slow,

    /// <summary>Waits for what the library announces.</summary>
    Events,
}
