namespace Forewarn.Controller.Coordination;

/// <summary>What became of a decision.</summary>
public enum Verdict : byte
{
    /// <summary>To leave all as it is was thought best.</summary>
    Left,

    /// <summary>A guard refused.</summary>
    Refused,

    /// <summary>Somebody has to approve it.</summary>
    AwaitsApproval,

    /// <summary>Somebody has rejected it.</summary>
    Rejected,

    /// <summary>The node gets no new work; its jobs run to their end.</summary>
    Drained,

    /// <summary>The same, and the job is asked for a checkpoint.</summary>
    Asked,

    /// <summary>The node gets no new work; the job is moved when it has written its next regular checkpoint.</summary>
    AwaitsCheckpoint,

    /// <summary>The job is being moved.</summary>
    Moving,

    /// <summary>The scheduler had started the job anew already: it is left to it.</summary>
    Adopted,
}
