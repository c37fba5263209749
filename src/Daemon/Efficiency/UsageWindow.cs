namespace Forewarn.Daemon.Efficiency;

/// <summary>Over which time accounts are told.</summary>
internal enum UsageWindow : byte
{
    /// <summary>The minute that runs and the 59 before it.</summary>
    Hour,

    /// <summary>The hour that runs and the 23 before it.</summary>
    Day,
}
