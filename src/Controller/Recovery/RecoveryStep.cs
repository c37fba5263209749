namespace Forewarn.Controller.Recovery;

/// <summary>How far the move of one job has come.</summary>
public enum RecoveryStep : byte
{
    /// <summary>Its bad nodes are being drained and its new ones held.</summary>
    Securing,

    /// <summary>It is being asked for a checkpoint.</summary>
    Asking,

    /// <summary>The checkpoint is awaited.</summary>
    AwaitingCheckpoint,

    /// <summary>It is being taken off its nodes.</summary>
    Stopping,

    /// <summary>It waits, and is being told where to start.</summary>
    Placing,

    /// <summary>It was let go and is on its way to its new nodes.</summary>
    Starting,

    /// <summary>It runs, and what we needed for the move is being cleared away.</summary>
    Detaching,

    /// <summary>It runs and has yet to show that it gets on.</summary>
    Progressing,

    /// <summary>The move was given up, and what we did for it is being taken back.</summary>
    Undoing,

    /// <summary>Over.</summary>
    Closed,
}
