namespace Forewarn.Model;

/// <summary>Whether a device is there to be measured. Not a judgement of its health.</summary>
public enum DevicePresence : byte
{
    /// <summary>Nothing is known: its source has not answered yet, is held, or has no driver.</summary>
    Unknown,

    /// <summary>Samples flow.</summary>
    Measured,

    /// <summary>A vendor call on this device passed its deadline.</summary>
    Stalled,

    /// <summary>The device does not answer (off the bus, needs a reset) or is no longer enumerated.</summary>
    Lost,

    /// <summary>An operator, or the configuration (of the driver, too), took it out of measurement.</summary>
    Excluded,
}
