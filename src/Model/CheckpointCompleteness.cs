namespace Forewarn.Model;

/// <summary>How far a checkpoint can be trusted to be whole.</summary>
public enum CheckpointCompleteness
{
    /// <summary>Everything that its format promises is there, and nothing speaks against it.</summary>
    Complete,

    /// <summary>It was written to a moment ago: it may still become complete.</summary>
    Unsettled,

    /// <summary>Something is missing, torn or not committed.</summary>
    Incomplete,

    /// <summary>Complete, and older than was asked for.</summary>
    TooOld,

    /// <summary>It could not be read: nobody can say.</summary>
    Unreadable,
}
