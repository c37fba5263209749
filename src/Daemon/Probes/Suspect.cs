namespace Forewarn.Daemon.Probes;

/// <summary>A device on which a call hung or the probe crashed: kept out of the main probe and tried in one of its own.</summary>
internal sealed class Suspect(string pciAddress, string cause, bool stalled, TimeSpan now)
{
    /// <summary>For a call that is found to hang, and the supervisor to hear of it.</summary>
    private static readonly TimeSpan Allowance = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LeastProbation = TimeSpan.FromSeconds(10);

    /// <summary>A device that fails again within this time of its return is tried again as late as before.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    private int _attempts;

    public string PciAddress => pciAddress;

    /// <summary>What happened, in words.</summary>
    public string Cause { get; private set; } = cause;

    /// <summary>True for a hung call, false for a crash.</summary>
    public bool IsStalled { get; private set; } = stalled;

    /// <summary>The cause that was last put into the node's view.</summary>
    public string? Reported { get; set; }

    /// <summary>When the next solo probe is due; monotonic time.</summary>
    public TimeSpan Due { get; private set; } = now + FirstRetry;

    /// <summary>When it went back to the others; monotonic time.</summary>
    public TimeSpan Cleared { get; set; }

    /// <summary>True while its solo probe runs.</summary>
    public bool IsTried { get; set; }

    /// <summary>Since when its solo probe has measured; null while it has not.</summary>
    public TimeSpan? MeasuredSince { get; set; }

    /// <summary>
    /// A solo probe that measured so long, from its first sweep of every group, has shown that the device can go back to the others. The list of
    /// processes follows the slow sweep in the same thread: by then one was made, and did not hang.
    /// </summary>
    public static TimeSpan Probation(ProbeSettings settings)
    {
        var listed = settings.Processes + settings.SlowDeadline + Allowance;
        return listed > LeastProbation ? listed : LeastProbation;
    }

    public bool HasServed(TimeSpan probation, TimeSpan now) => IsTried && MeasuredSince is { } since && now - since >= probation;

    /// <summary>It happened again, with the solo probe this time, or soon after it had come back.</summary>
    public void Again(string what, bool stalled, TimeSpan now)
    {
        _attempts++;
        (Cause, IsStalled, IsTried, MeasuredSince, Reported) = (what, stalled, false, null, null);
        Due = now + RestartPolicy.Doubled(FirstRetry, _attempts, LongestRetry);
    }

    /// <summary>The solo probe ended for a reason of its own; try again in a while.</summary>
    public void TryLater(TimeSpan now)
    {
        _attempts++;
        (IsTried, MeasuredSince) = (false, null);
        Due = now + RestartPolicy.Doubled(FirstRetry, _attempts, LongestRetry);
    }
}
