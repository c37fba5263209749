namespace Forewarn.Daemon.Configuration;

/// <summary>[Sampling]: how often each group of signals is read.</summary>
internal sealed class SamplingOptions
{
    /// <summary>Period of what moves by the second: utilisation, power, temperature, clocks.</summary>
    public required TimeSpan Fast { get; init; }

    /// <summary>Period of what moves by the hour, or costs the driver more: ECC by location, remapped rows.</summary>
    public required TimeSpan Slow { get; init; }

    /// <summary>Period of what only a person changes: identity, firmware, modes.</summary>
    public required TimeSpan Inventory { get; init; }

    /// <summary>Period in which the processes on each device are asked for.</summary>
    public required TimeSpan Processes { get; init; }

    internal static SamplingOptions From(SettingValues values) => new()
    {
        Fast = values.Get(SettingCatalog.Fast),
        Slow = values.Get(SettingCatalog.Slow),
        Inventory = values.Get(SettingCatalog.Inventory),
        Processes = values.Get(SettingCatalog.Processes),
    };
}
