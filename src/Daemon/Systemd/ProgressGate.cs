namespace Forewarn.Daemon.Systemd;

/// <summary>
/// Whether work was done since somebody last asked. The loop that drives the sampling passes through it at every turn,
/// the watchdog asks. A loop turns at least every second whatever the sampling's period is, and also while a vendor call
/// hangs: a hung call is a finding, not a reason to be restarted.
/// </summary>
internal sealed class ProgressGate
{
    private int _passed;

    /// <summary>Work was done.</summary>
    public void Pass() => Volatile.Write(ref _passed, 1);

    /// <summary>Whether work was done since the last call.</summary>
    public bool Take() => Interlocked.Exchange(ref _passed, 0) == 1;
}
