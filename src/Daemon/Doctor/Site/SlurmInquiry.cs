using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Processes;
using Forewarn.Daemon.Schedulers.Slurm;
using Forewarn.Daemon.Topology;

namespace Forewarn.Daemon.Doctor.Site;

/// <summary>
/// Asks Slurm what it lets the controller see and do, and leaves nothing behind: it looks, and for rights it asks to change what is not there. Slurm looks at the rights first, so that
/// its answer tells them; who has none leaves a line "Security violation" in slurmctld's log.
/// </summary>
/// <param name="commands">Runs its programs, as the controller's user.</param>
/// <param name="scheduler">Reads nodes, jobs and reservations as the controller does.</param>
/// <param name="wiring">Reads the wiring likewise.</param>
/// <param name="time">The clock.</param>
internal sealed class SlurmInquiry(
    ICommandRunner commands, IScheduler scheduler, Func<CancellationToken, Task<(TopologyReading? Reading, string Trouble)>> wiring, TimeProvider time)
{
    // No site calls anything so; and where one did, a node's comment would be ours, and a reservation of that name gone.
    private const string Nothing = "forewarn-doctor-asks-for-nothing";

    // slurm_errno.c: what is not there, and what is not let.
    private static readonly string[] NotThere = ["Invalid node name", "Requested reservation is invalid"];
    private static readonly string[] NotLet = ["Invalid user id", "Access/permission denied"];

    // As the controller asks for.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    private static readonly string[] Programs = ["sinfo", "squeue", "scontrol", "scancel", "sbatch"];

    /// <param name="user">As whom it is asked, by name.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<SlurmSeen> AskAsync(string user, CancellationToken cancellation)
    {
        var programs = await Task.WhenAll(Programs.Select(name => ProgramAsync(name, cancellation)));
        if (programs.Any(static program => program.Version.Length == 0 && program.Name is "sinfo" or "squeue" or "scontrol"))
            return new() { Programs = programs, Nodes = new(null, ""), Reservations = new(null, "") };
        var (asked, began) = (time.GetUtcNow(), time.GetTimestamp());
        var config = await RunAsync("scontrol", ["show", "config"], cancellation);
        var halfway = asked + (time.GetElapsedTime(began) / 2);
        var settings = config.IsGood ? SlurmConfigText.Read(config.Output, time.LocalTimeZone) : null;
        // One that does not answer is not asked for more.
        if (settings is null)
            return new() { Programs = programs, SettingsTrouble = Words(config), Nodes = new(null, ""), Reservations = new(null, "") };

        var (reading, level, wired) = (scheduler.ReadAsync(cancellation), LevelAsync(settings, user, cancellation), wiring(cancellation));
        var (nodes, reservations) = (
            RightAsync(["update", $"nodename={Nothing}", "comment=forewarn"], cancellation), RightAsync(["delete", $"reservationname={Nothing}"], cancellation));
        var file = settings["SLURM_CONF"] is { Length: > 0 } path ? (await RunAsync("test", ["-r", path], cancellation)).IsGood : (bool?)null;
        var (read, wires) = (await reading, await wired);
        return new()
        {
            Programs = programs,
            Settings = settings,
            ClockAhead = settings.Clock - halfway,
            IsFileReadable = file,
            ReadingTrouble = read.Sight is null ? read.Trouble : "",
            NodeCount = read.Sight?.Nodes.Count ?? 0,
            JobCount = read.Sight?.Jobs.Count ?? 0,
            AdminLevel = await level,
            Nodes = await nodes,
            Reservations = await reservations,
            WiringTrouble = wires.Trouble,
            WiredNodes = wires.Reading?.Facts.Sum(static facts => facts.Nodes.Length) ?? 0,
        };
    }

    // "slurm-wlm 22.05.8", "slurm 24.05.1".
    private async Task<SlurmProgram> ProgramAsync(string name, CancellationToken cancellation)
    {
        var result = await RunAsync(name, ["--version"], cancellation);
        return result.IsGood ? new(name, result.Output.Trim().Split(' ')[^1]) : new(name, "", Words(result));
    }

    private async Task<SlurmRight> RightAsync(IReadOnlyList<string> words, CancellationToken cancellation)
    {
        var result = await RunAsync("scontrol", words, cancellation);
        var said = Words(result);
        return new(NotThere.Any(word => said.Contains(word, StringComparison.Ordinal)) ? true : NotLet.Any(word => said.Contains(word, StringComparison.Ordinal)) ? false : null, said);
    }

    private async Task<string?> LevelAsync(SlurmConfigText settings, string user, CancellationToken cancellation)
    {
        // sacctmgr knows of users where slurmdbd keeps them, and nowhere else.
        if (!settings["AccountingStorageType"].EndsWith("slurmdbd", StringComparison.Ordinal)) return null;
        var result = await RunAsync("sacctmgr", ["--noheader", "--parsable2", "show", "user", user, "format=User,AdminLevel"], cancellation);
        return result.IsGood && result.Output.Trim().Split('\n')[0].Split('|') is [var named, { Length: > 0 } level] && named == user ? level : null;
    }

    private Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellation) => commands.RunAsync(program, arguments, Deadline, cancellation);

    private static string Words(CommandResult result) => result.End == CommandEnd.TimedOut
        ? $"no answer within {Deadline.TotalSeconds} s"
        : string.Join("; ", $"{result.Errors}\n{result.Output}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(3));
}
