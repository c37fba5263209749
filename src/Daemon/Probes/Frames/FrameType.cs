namespace Forewarn.Daemon.Probes.Frames;

/// <summary>What a frame carries; docs/probe-protocol.md lists the payloads.</summary>
internal enum FrameType : byte
{
    /// <summary>Versions and the names of the call groups; once, after the library opened.</summary>
    Hello = 1,

    /// <summary>One device of the inventory.</summary>
    Device = 2,

    /// <summary>The inventory is complete.</summary>
    InventoryEnd = 3,

    /// <summary>Readings of one device.</summary>
    Sample = 4,

    /// <summary>A lane went through all its devices.</summary>
    SweepEnd = 5,

    /// <summary>The vendor library announced something.</summary>
    Event = 6,

    /// <summary>Library or driver cannot be used, and why; the probe ends after it.</summary>
    Unavailable = 7,

    /// <summary>The processes that hold one device.</summary>
    Processes = 8,
}
