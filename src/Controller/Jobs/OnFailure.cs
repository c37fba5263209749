namespace Forewarn.Controller.Jobs;

/// <summary>What becomes of a job that has ended with an error since a card failed on which it ran.</summary>
public enum OnFailure : byte
{
    /// <summary>It is started anew elsewhere, from its last checkpoint.</summary>
    Restart,

    /// <summary>It stays ended: its owner, or a program of his, starts the next.</summary>
    Leave,
}
