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

    /// <summary>A finding was raised.</summary>
    FindingRaised,

    /// <summary>A finding became graver or milder.</summary>
    FindingChanged,

    /// <summary>A finding was cleared.</summary>
    FindingCleared,

    /// <summary>The state of a device, or of the node, changed.</summary>
    StateChanged,

    /// <summary>Another card is in a slot.</summary>
    DeviceReplaced,

    /// <summary>The node was taken into maintenance or out of it.</summary>
    MaintenanceChanged,

    /// <summary>A switch of the scale-up fabric reported an error by code (NVIDIA calls it SXid).</summary>
    SwitchError,

    /// <summary>The kernel said that a device fell off the bus.</summary>
    DeviceFellOff,

    /// <summary>The driver could not start a device, or gave up on part of it.</summary>
    DriverTrouble,

    /// <summary>The bus reported an error at a device or at the port above it (AER); the code is 0 corrected, 1 non-fatal, 2 fatal.</summary>
    BusError,

    /// <summary>The host's memory or processor reported an error (MCE, EDAC, GHES); the code is 0 corrected, 1 uncorrected.</summary>
    HostHardwareError,

    /// <summary>A network adapter or one of its ports reported trouble.</summary>
    NetworkTrouble,

    /// <summary>Memory could not be shared between accelerator and network adapter (peermem).</summary>
    PeerMemoryTrouble,

    /// <summary>A disk or a file system failed.</summary>
    StorageTrouble,

    /// <summary>The kernel killed a process for want of memory.</summary>
    OutOfMemory,

    /// <summary>A process, or a processor, stands still in the kernel.</summary>
    KernelStall,

    /// <summary>A process died in a library that jobs use to talk to each other.</summary>
    LibraryCrashed,

    /// <summary>Records of the kernel log were overwritten before they could be read; the count says how many.</summary>
    KernelLogOverrun,

    /// <summary>The identity that the driver tells of a device in the log.</summary>
    DeviceNamed,

    /// <summary>The driver reported errors of the device's hardware by block (AMD calls it RAS); the code is 0 corrected, 1 uncorrected, 2 deferred.</summary>
    DeviceHardwareError,
}
