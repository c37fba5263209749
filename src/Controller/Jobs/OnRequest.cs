namespace Forewarn.Controller.Jobs;

/// <summary>What a job does when it has written the checkpoint that it was asked for.</summary>
public enum OnRequest : byte
{
    /// <summary>It runs on: what it computes after the checkpoint is lost by a move.</summary>
    Continue,

    /// <summary>It stands still for a declared time and then runs on.</summary>
    Pause,

    /// <summary>It ends.</summary>
    Exit,
}
