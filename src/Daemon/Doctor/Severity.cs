namespace Forewarn.Daemon.Doctor;

/// <summary>How much a finding matters; a later one is worse.</summary>
internal enum Severity
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Nothing is broken; good to know, or less is read than could be.</summary>
    Note,

    /// <summary>Forewarn works, but something will be missed or will break.</summary>
    Warning,

    /// <summary>Something is not watched.</summary>
    Problem,
}
