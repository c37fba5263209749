namespace Forewarn.Predict.Catalogs;

/// <summary>Where the cause of an error by code most likely lies.</summary>
public enum ErrorClass : byte
{
    /// <summary>The maker no longer uses the code, or used it on old products alone.</summary>
    Legacy,

    /// <summary>The program that ran. Says nothing of the device, unless it stays with the device while programs change.</summary>
    Application,

    /// <summary>The program or the driver; the text decides.</summary>
    DriverOrApplication,

    /// <summary>The driver.</summary>
    Driver,

    /// <summary>The device's own processors and their firmware.</summary>
    Firmware,

    /// <summary>The device's memory.</summary>
    Memory,

    /// <summary>The host's bus, or what hangs on it.</summary>
    Bus,

    /// <summary>The links between accelerators, or between accelerator and processor.</summary>
    Link,

    /// <summary>Its power.</summary>
    Power,

    /// <summary>Something else in the device.</summary>
    Hardware,

    /// <summary>How the node is set up.</summary>
    Configuration,

    /// <summary>Confidential computing.</summary>
    Security,

    /// <summary>It was made on purpose, or only tells something.</summary>
    Information,
}
