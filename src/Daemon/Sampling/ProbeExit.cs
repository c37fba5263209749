namespace Forewarn.Daemon.Sampling;

/// <summary>With which code a probe ends itself; the agent starts the next one accordingly.</summary>
internal enum ProbeExit
{
    /// <summary>The agent closed the probe's standard input.</summary>
    Released = 0,

    /// <summary>The command line was not one of ours.</summary>
    Usage = 2,

    /// <summary>Library or driver cannot be used; a frame said why.</summary>
    Unavailable = 10,

    /// <summary>The set of devices, or who they are, changed: start again with a fresh inventory.</summary>
    InventoryChanged = 11,

    /// <summary>The driver has gone or was replaced: open the library anew.</summary>
    DriverGone = 12,

    /// <summary>The agent's end of the pipe is gone.</summary>
    AgentGone = 13,
}
