namespace Forewarn.Daemon.Configuration;

/// <summary>[Simulation]: where the simulated node lies.</summary>
internal sealed class SimulationOptions
{
    /// <summary>The folder of forewarn-simnode, its profiles and its scenarios.</summary>
    public required string Directory { get; init; }

    internal static SimulationOptions From(SettingValues values) => new()
    {
        Directory = values.Get(SettingCatalog.SimulationDirectory),
    };
}
