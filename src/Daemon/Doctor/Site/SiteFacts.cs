using Forewarn.Controller.Guards;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Recovery.Views;
using Forewarn.Daemon.Schedulers.Slurm;

namespace Forewarn.Daemon.Doctor.Site;

/// <summary>What the checks of a controller look at: gathered once, before the first of them.</summary>
internal sealed record SiteFacts
{
    public required FleetOptions Fleet { get; init; }

    public required RecoveryOptions Recovery { get; init; }

    public required TopologyOptions Topology { get; init; }

    public required ControllerSeen Controller { get; init; }

    /// <summary>As whom Slurm was asked and files were tried.</summary>
    public required AskedAs As { get; init; }

    /// <summary>Null where the configuration names no scheduler.</summary>
    public SlurmSeen? Slurm { get; init; }

    public required IReadOnlyList<SiteFile> Files { get; init; }

    public required IReadOnlyList<SiteFolder> Folders { get; init; }

    /// <summary>This program's version.</summary>
    public required string Version { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>Somewhere more is to be done than to observe, so that Slurm has to let it.</summary>
    public bool IsToAct => Recovery.Coordination.Guards is var guards && guards.Modes.Values.Append(guards.Mode).Any(static mode => mode != ActionMode.Observe);

    /// <summary>Drained nodes are to be repaired.</summary>
    public bool IsToRepair => IsToAct && Recovery.Coordination.Guards.RepairMode != ActionMode.Observe;
}

/// <summary>The controller as its socket shows it.</summary>
/// <param name="Socket">Where.</param>
/// <param name="Status">What it says of itself; null where it did not answer.</param>
/// <param name="Trouble">Why not.</param>
/// <param name="Process">Who serves the socket; null where nobody does or it may not be reached.</param>
internal sealed record ControllerSeen(string Socket, StatusAnswer? Status, string? Trouble, ProcessFacts? Process);

/// <summary>As whom things were tried.</summary>
/// <param name="Name">The user.</param>
/// <param name="IsTheControllers">It is the one as whom the controller runs, or would: what was tried holds for it.</param>
/// <param name="Missing">The user as whom a controller would run, where none runs and there is no such user; else empty.</param>
internal sealed record AskedAs(string Name, bool IsTheControllers, string Missing = "");

/// <summary>What Slurm let and said.</summary>
internal sealed record SlurmSeen
{
    public required IReadOnlyList<SlurmProgram> Programs { get; init; }

    /// <summary>What slurmctld says of its configuration; null where it did not.</summary>
    public SlurmConfigText? Settings { get; init; }

    /// <summary>Why it did not; empty where it did.</summary>
    public string SettingsTrouble { get; init; } = "";

    /// <summary>By how much slurmctld's clock is ahead of ours; null where that cannot be told.</summary>
    public TimeSpan? ClockAhead { get; init; }

    /// <summary>The configuration's file can be read; null where it is not known which that is.</summary>
    public bool? IsFileReadable { get; init; }

    /// <summary>Why nodes, jobs and reservations could not be read or understood; empty where they were.</summary>
    public string ReadingTrouble { get; init; } = "";

    public int NodeCount { get; init; }

    public int JobCount { get; init; }

    /// <summary>The user's AdminLevel by the accounting; null where that does not say.</summary>
    public string? AdminLevel { get; init; }

    /// <summary>To take nodes out and put them back.</summary>
    public required SlurmRight Nodes { get; init; }

    /// <summary>To make and delete reservations; Slurm asks for the same level where somebody holds, requeues or signals the job of another.</summary>
    public required SlurmRight Reservations { get; init; }

    /// <summary>Why the wiring could not be read; empty where it was.</summary>
    public string WiringTrouble { get; init; } = "";

    /// <summary>How many nodes it tells the place of.</summary>
    public int WiredNodes { get; init; }
}

/// <summary>One of Slurm's programs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">What it calls its version; empty where it could not be run.</param>
/// <param name="Trouble">Why not.</param>
internal sealed record SlurmProgram(string Name, string Version, string Trouble = "");

/// <summary>Whether Slurm lets something be done.</summary>
/// <param name="IsGiven">Null where it could not be found out.</param>
/// <param name="Words">What Slurm said.</param>
internal sealed record SlurmRight(bool? IsGiven, string Words);

/// <summary>A file that the controller needs.</summary>
/// <param name="Setting">Which setting names it.</param>
/// <param name="Path">Where.</param>
/// <param name="Kind">What it is for.</param>
internal sealed record SiteFile(string Setting, string Path, SiteFileKind Kind)
{
    /// <summary>False where it is not there, as far as whoever asks sees.</summary>
    public required bool IsThere { get; init; }

    /// <summary>The controller's user can read it, or run it.</summary>
    public required bool IsUsable { get; init; }

    /// <summary>Everybody can read it.</summary>
    public bool IsOpen { get; init; }

    /// <summary>What else is wrong with what is in it; empty when nothing is.</summary>
    public string Trouble { get; init; } = "";

    /// <summary>Of a certificate: until when it holds.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>What a file is for.</summary>
internal enum SiteFileKind
{
    /// <summary>Nobody else must read it.</summary>
    Secret,

    /// <summary>Everybody may.</summary>
    Certificate,

    /// <summary>It is run.</summary>
    Program,

    /// <summary>It is handed to sbatch.</summary>
    Script,
}

/// <summary>A folder beneath which jobs have their checkpoints.</summary>
/// <param name="Path">Where.</param>
/// <param name="IsThere">Here.</param>
/// <param name="IsSeen">In the controller's own view of the file system; null where that cannot be looked at.</param>
internal sealed record SiteFolder(string Path, bool IsThere, bool? IsSeen);
