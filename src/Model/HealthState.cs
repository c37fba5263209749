namespace Forewarn.Model;

/// <summary>What a device is, all findings taken together; ordered from well to ill, Unknown last.</summary>
public enum HealthState : byte
{
    /// <summary>Measured, and no finding above Info.</summary>
    Healthy,

    /// <summary>Something to keep an eye on.</summary>
    Watch,

    /// <summary>Works, below what it should.</summary>
    Degraded,

    /// <summary>Works and is predicted, or was announced, to fail.</summary>
    Failing,

    /// <summary>Does not do its work: lost, stalled for a minute while siblings answer, or told so by its driver.</summary>
    Failed,

    /// <summary>Nobody can say: the agent is silent, or has not read the device yet.</summary>
    Unknown,
}
