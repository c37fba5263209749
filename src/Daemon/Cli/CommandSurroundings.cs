using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Processes;

namespace Forewarn.Daemon.Cli;

/// <summary>What the commands are given by <c>Program.cs</c>, or by a test.</summary>
internal sealed record CommandSurroundings
{
    /// <summary>Runs the agent role. The command line leaves the signals to it: the token is the caller's of RunAsync.</summary>
    public required Func<AgentRequest, CancellationToken, Task<int>> RunAgent { get; init; }

    /// <summary>Runs the controller role; the same holds.</summary>
    public required Func<ControllerRequest, CancellationToken, Task<int>> RunController { get; init; }

    /// <summary>Runs <c>forewarn doctor</c>.</summary>
    public required Func<DoctorRequest, CancellationToken, Task<int>> RunDoctor { get; init; }

    /// <summary>The table of settings with the sources of this build.</summary>
    public required SettingCatalog Settings { get; init; }

    /// <summary>Where output goes.</summary>
    public required Terminal Terminal { get; init; }

    /// <summary>This program's executable, of which a child looks at checkpoints.</summary>
    public required string Program { get; init; }

    /// <summary>The clock of what is shown again and again.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Runs the programs of others.</summary>
    public ICommandRunner Commands { get; init; } = new CommandRunner(TimeProvider.System);

    /// <summary>What slurmd calls this node; it tells its prologs alone.</summary>
    public string? SlurmNodeName { get; init; } = Environment.GetEnvironmentVariable("SLURMD_NODENAME");

    /// <summary>The job for which slurmd runs us, in a prolog or epilog; a HealthCheckProgram has none.</summary>
    public string? SlurmJob { get; init; } = Environment.GetEnvironmentVariable("SLURM_JOB_ID");

    /// <summary>Completes when the user wants a live view to end.</summary>
    public Func<CancellationToken, Task> Quit { get; init; } = QuitKey.PressedAsync;

    /// <summary>Where times of day are shown.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Local;

    /// <summary>The configuration that is read when no other is named.</summary>
    public ConfigurationPaths Configuration { get; init; } = ConfigurationPaths.Installed;
}
