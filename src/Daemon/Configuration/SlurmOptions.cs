namespace Forewarn.Daemon.Configuration;

/// <summary>[Slurm], checked.</summary>
internal sealed record SlurmOptions
{
    /// <summary>What may be done.</summary>
    public required SlurmMode Mode { get; init; }

    /// <summary>0 to 1: the most of any partition's nodes that may be out of service with this one.</summary>
    public required double MaxDrainedShare { get; init; }

    /// <summary>What stands for a controller where none decides although the node reports to one.</summary>
    public const string Nobody = "none";

    /// <summary>Who decides in our place, by default the controller that the node reports to; empty for nobody.</summary>
    public required string Controller { get; init; }

    /// <summary>The folder of Slurm's programs; empty where PATH leads to them.</summary>
    public required string Programs { get; init; }

    /// <summary>Whether the agent takes maintenance from Slurm.</summary>
    public required bool Maintenance { get; init; }

    /// <summary>How often the agent asks for it.</summary>
    public required TimeSpan MaintenanceEvery { get; init; }

    /// <summary>What is run for this program of Slurm's.</summary>
    public string Program(string name) => Programs.Length == 0 ? name : Path.Join(Programs, name);

    /// <summary>What the files say; a line with an error counts as not written.</summary>
    public static SlurmOptions From(SettingValues values) => new()
    {
        Mode = values.Get(SlurmSettings.Mode),
        MaxDrainedShare = values.Get(SlurmSettings.MaxDrainedShare),
        Controller = values.Get(SlurmSettings.Controller) switch
        {
            Nobody => "",
            "" => values.Get(ReportSettings.Url)?.ToString() ?? "",
            var named => named,
        },
        Programs = values.Get(SlurmSettings.Programs),
        Maintenance = values.Get(SlurmSettings.Maintenance),
        MaintenanceEvery = values.Get(SlurmSettings.MaintenanceEvery),
    };
}
