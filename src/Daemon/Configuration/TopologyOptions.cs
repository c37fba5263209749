namespace Forewarn.Daemon.Configuration;

/// <summary>[Topology], checked.</summary>
internal sealed record TopologyOptions
{
    /// <summary>Whether the scheduler is asked.</summary>
    public bool Slurm { get; init; } = true;

    /// <summary>The file of the site; empty for none.</summary>
    public string SiteFile { get; init; } = "";

    /// <summary>A file with what a walk over the network found; empty for none.</summary>
    public string FabricListing { get; init; } = "";

    /// <summary>How often the scheduler is asked.</summary>
    public TimeSpan RefreshEvery { get; init; } = TimeSpan.FromMinutes(5);

    internal static TopologyOptions From(SettingValues values) => new()
    {
        Slurm = values.Get(TopologySettings.Slurm),
        SiteFile = values.Get(TopologySettings.SiteFile),
        FabricListing = values.Get(TopologySettings.FabricListing),
        RefreshEvery = values.Get(TopologySettings.RefreshEvery),
    };
}
