namespace Forewarn.Model;

/// <summary>Why a reading has no value. Missing is neither zero nor healthy.</summary>
public enum NoDataReason : byte
{
    /// <summary>There is a value.</summary>
    None,

    /// <summary>The device or its driver does not offer this.</summary>
    NotSupported,

    /// <summary>The process lacks a permission; see the privileged drop-in of the unit.</summary>
    NoPermission,

    /// <summary>The installed vendor library is older than this function.</summary>
    SymbolMissing,

    /// <summary>The vendor library is not installed.</summary>
    LibraryMissing,

    /// <summary>The library is there, its kernel driver is not (or is of another version).</summary>
    DriverNotLoaded,

    /// <summary>The device fell off the bus or is no longer enumerated.</summary>
    DeviceLost,

    /// <summary>The device answers only that it must be reset.</summary>
    ResetRequired,

    /// <summary>The call passed its deadline; its probe was ended.</summary>
    Stalled,

    /// <summary>The library itself gave up waiting.</summary>
    TimedOut,

    /// <summary>The answer was out of its range, or an error that says nothing more.</summary>
    Invalid,

    /// <summary>An operator released the source, or it is held after repeated deaths of its probe.</summary>
    SourceStopped,

    /// <summary>The driver was told to leave the device alone: nobody can use it, and nothing is to be read of it.</summary>
    Excluded,
}
