namespace Forewarn.Model;

/// <summary>How grave one finding is; the gravest of a device makes its <see cref="HealthState"/>.</summary>
public enum Severity : byte
{
    /// <summary>Worth a line, no reason to think worse of the device.</summary>
    Info,

    /// <summary>Something to keep an eye on; nobody need get up.</summary>
    Watch,

    /// <summary>It works, below what it should; or what protects it is used up.</summary>
    Degraded,

    /// <summary>It works and will fail: the maker's own tables, or a calibrated model, say so.</summary>
    Failing,

    /// <summary>It does not do its work any more.</summary>
    Failed,
}
