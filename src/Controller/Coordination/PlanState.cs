namespace Forewarn.Controller.Coordination;

/// <summary>How far the plan to move a job has come.</summary>
public enum PlanState : byte
{
    /// <summary>It was decided and is not done: a guard refuses, or somebody has to approve it.</summary>
    Proposed,

    /// <summary>Somebody has rejected it.</summary>
    Rejected,

    /// <summary>It will be done: at the next look, or when the job has written its next checkpoint.</summary>
    Approved,

    /// <summary>The job is being moved.</summary>
    Running,

    /// <summary>The move is over, as its outcome says.</summary>
    Done,

    /// <summary>Its trouble was over before anything was done.</summary>
    Lapsed,
}
