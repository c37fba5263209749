namespace Forewarn.Controller.Jobs;

/// <summary>Where a job stands with its scheduler.</summary>
public enum JobPhase : byte
{
    /// <summary>The scheduler's word for it is not known here: nothing is done with such a job.</summary>
    Unknown,

    /// <summary>It waits for its nodes.</summary>
    Pending,

    /// <summary>It waits and is held: it does not start before somebody releases it.</summary>
    Held,

    /// <summary>It runs, or is being started.</summary>
    Running,

    /// <summary>It is on its nodes and stopped for the moment.</summary>
    Suspended,

    /// <summary>It has ended and its nodes are being cleaned.</summary>
    Completing,

    /// <summary>It has ended by itself, well or not.</summary>
    Ended,

    /// <summary>Somebody ended it, or its time was over: it is not to be started anew.</summary>
    Cancelled,
}
