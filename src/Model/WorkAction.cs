namespace Forewarn.Model;

/// <summary>What to do with the work on a device, from nothing to at once.</summary>
public enum WorkAction : byte
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Nothing yet; look again.</summary>
    Observe,

    /// <summary>The application ended or must be started again; the device can be used at once.</summary>
    RestartApplication,

    /// <summary>Let what runs end, give the device no new work.</summary>
    DrainWhenIdle,

    /// <summary>Take a checkpoint while that is possible, then move the work.</summary>
    CheckpointAndMove,

    /// <summary>The work is lost or its results are not to be trusted: stop it.</summary>
    StopNow,
}
