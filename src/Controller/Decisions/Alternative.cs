namespace Forewarn.Controller.Decisions;

/// <summary>What can be done for one job that holds a device in trouble; from the least to the most that it notices.</summary>
public enum Alternative : byte
{
    /// <summary>Leave job and node as they are.</summary>
    Nothing,

    /// <summary>No new work for the node; the job runs on to its end.</summary>
    DrainAndLetEnd,

    /// <summary>A checkpoint at once, and the job runs on where it is, under the drain.</summary>
    CheckpointOnly,

    /// <summary>Move it when it has written its next regular checkpoint.</summary>
    MoveAtNextCheckpoint,

    /// <summary>Move it now: from a checkpoint written for it where the job can, else from its last.</summary>
    MoveNow,
}
