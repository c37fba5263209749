namespace Forewarn.Controller.Recovery;

/// <summary>How a move ended.</summary>
public enum RecoveryOutcome : byte
{
    /// <summary>It has not.</summary>
    Open,

    /// <summary>The job runs on its new nodes and gets on.</summary>
    Recovered,

    /// <summary>Others started it anew before, while or after we did, and it does without its bad nodes.</summary>
    Adopted,

    /// <summary>The job ended by itself, or somebody ended it.</summary>
    JobEnded,

    /// <summary>A person put the bad node back into service, keeps it from us, holds the job, or lets us do less than before: that is an order.</summary>
    Overruled,

    /// <summary>A step took longer than it may; the job was left to its scheduler.</summary>
    TimedOut,

    /// <summary>No nodes were left to move to.</summary>
    NoPlace,
}
