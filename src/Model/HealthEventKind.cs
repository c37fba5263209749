namespace Forewarn.Model;

/// <summary>What kind of thing happened.</summary>
public enum HealthEventKind : byte
{
    /// <summary>The driver reported an error by code (NVIDIA calls it Xid).</summary>
    DriverError,

    /// <summary>An uncorrectable memory error was announced by the driver.</summary>
    UncorrectableMemoryError,

    /// <summary>The presence of a device changed.</summary>
    PresenceChanged,

    /// <summary>A probe ended that should not have.</summary>
    ProbeDied,

    /// <summary>A vendor call passed its deadline.</summary>
    CallStalled,

    /// <summary>The state of a source changed (held, released, driver gone, back).</summary>
    SourceChanged,

    /// <summary>Corrected memory errors came in a storm.</summary>
    CorrectedMemoryErrorStorm,

    /// <summary>A piece of memory was taken out of use.</summary>
    MemoryRetired,

    /// <summary>A piece of memory should have been taken out of use and could not be.</summary>
    MemoryRetirementFailed,

    /// <summary>Poisoned data was met and contained.</summary>
    PoisonContained,

    /// <summary>Poisoned data was met and could not be contained.</summary>
    PoisonUncontained,

    /// <summary>The driver said that the device is unavailable.</summary>
    DeviceUnavailable,

    /// <summary>The driver advises to do something with the device; the code says what.</summary>
    RecoveryAdvised,

    /// <summary>Parts of a card appeared, went, or were set up anew.</summary>
    PartitionsChanged,

    /// <summary>The device's supply changed: mains, battery, or one too small.</summary>
    PowerSourceChanged,
}
