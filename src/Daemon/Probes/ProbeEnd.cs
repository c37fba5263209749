using Forewarn.Daemon.Sampling;

namespace Forewarn.Daemon.Probes;

/// <summary>How a probe ended.</summary>
/// <param name="Code">Exit code, 128 plus the signal's number when a signal ended it.</param>
internal readonly record struct ProbeEnd(int Code)
{
    private const int SignalBase = 128;

    /// <summary>The signal that ended it, 0 when it ended itself.</summary>
    public int Signal => Code > SignalBase ? Code - SignalBase : 0;

    /// <summary>True when it ended itself to ask for a new one; no failure.</summary>
    public bool IsRequest => Code is (int)ProbeExit.Unavailable or (int)ProbeExit.InventoryChanged or (int)ProbeExit.DriverGone;

    /// <summary>Signals that a process brings on itself by what it executes: then the call it was in is suspect.</summary>
    public bool IsCrash => Signal is Ill or Abrt or Bus or Fpe or Segv;

    // signal(7), x86-64 and arm64.
    private const int Ill = 4;
    private const int Abrt = 6;
    private const int Bus = 7;
    private const int Fpe = 8;
    private const int Segv = 11;

    /// <summary>In words: <c>SIGSEGV</c>, <c>signal 34</c>, <c>exit code 3</c>.</summary>
    public string Name => Signal switch
    {
        0 => $"exit code {Code}",
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        Ill => "SIGILL",
        5 => "SIGTRAP",
        Abrt => "SIGABRT",
        Bus => "SIGBUS",
        Fpe => "SIGFPE",
        9 => "SIGKILL",
        Segv => "SIGSEGV",
        13 => "SIGPIPE",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        31 => "SIGSYS",
        _ => $"signal {Signal}",
    };
}
