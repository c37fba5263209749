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
}
