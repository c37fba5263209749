using Forewarn.Daemon.Processes;

namespace Forewarn.Daemon.Tests.Doctor;

/// <summary>Slurm's programs as 22.05.8 was recorded to answer who may do everything; a test takes rights away or changes an answer. None of them changes anything.</summary>
internal sealed class SiteSlurm : ICommandRunner
{
    /// <summary>The lines of <c>scontrol show config</c> that matter here, as recorded.</summary>
    public const string Config = """
        Configuration data as of 2026-03-04T03:16:07
        AccountingStorageType   = accounting_storage/slurmdbd
        ClusterName             = forewarn
        GresTypes               = gpu
        JobRequeue              = 1
        MinJobAge               = 300 sec
        PrivateData             = none
        RebootProgram           = (null)
        SelectType              = select/cons_tres
        SelectTypeParameters    = CR_CORE_MEMORY
        SlurmUser               = slurm(64030)
        SlurmctldHost[0]        = vm(127.0.0.1)
        SLURM_CONF              = /etc/slurm/slurm.conf
        SLURM_VERSION           = 22.05.8
        TopologyPlugin          = topology/tree

        Slurmctld(primary) at vm is UP
        """;

    private static readonly CommandResult Missing = new(CommandEnd.NotStarted, 0, "", "no such program in PATH");

    public List<string> Commands { get; } = [];

    public string ConfigText { get; set; } = Config;

    public string Level { get; set; } = "Administrator";

    /// <summary>What is not there.</summary>
    public HashSet<string> Absent { get; } = [];

    public bool MayUpdateNodes { get; set; } = true;

    public bool MayReserve { get; set; } = true;

    /// <summary>Files that the user cannot read or run.</summary>
    public HashSet<string> Closed { get; } = [];

    public Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan within, CancellationToken cancellation)
    {
        if (program == "env") (program, arguments) = (arguments.First(word => !word.Contains('=', StringComparison.Ordinal)), [.. arguments.SkipWhile(word => word.Contains('=', StringComparison.Ordinal)).Skip(1)]);
        Commands.Add($"{program} {string.Join(' ', arguments)}");
        if (Absent.Contains(program)) return Task.FromResult(Missing);
        return Task.FromResult((program, arguments[0]) switch
        {
            (_, "--version") => Good("slurm-wlm 22.05.8\n"),
            ("scontrol", "show") when arguments[1] == "config" => ConfigText.Length > 0 ? Good(ConfigText) : Bad("slurm_load_ctl_conf error: Unable to contact slurm controller (connect failure)\n"),
            ("scontrol", "update") => Bad(MayUpdateNodes ? "slurm_update error: Invalid node name specified\n" : "slurm_update error: Invalid user id\n"),
            ("scontrol", "delete") => Bad(MayReserve ? "delete_reservation reservationname=x: Requested reservation is invalid\n" : "delete_reservation reservationname=x: Invalid user id\n"),
            ("sacctmgr", _) => Good($"{arguments[4]}|{Level}\n"),
            ("test", "-d") => Directory.Exists(arguments[1]) ? Good("") : Bad(""),
            ("test", _) => Closed.Contains(arguments[1]) || !File.Exists(arguments[1]) ? Bad("") : Good(""),
            _ => throw new InvalidOperationException(Commands[^1]),
        });
    }

    private static CommandResult Good(string output) => new(CommandEnd.Exited, 0, output, "");

    private static CommandResult Bad(string errors) => new(CommandEnd.Exited, 1, "", errors);
}
