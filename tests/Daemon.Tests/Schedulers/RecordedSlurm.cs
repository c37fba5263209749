using System.Text.Json.Nodes;
using Forewarn.Daemon.Processes;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Schedulers;

/// <summary>Answers as a real Slurm gave them once (recorded/ORIGIN.txt), and the commands that were given.</summary>
internal sealed class RecordedSlurm : ICommandRunner
{
    public const string Reservation =
        "ReservationName=forewarn_1_1_1 StartTime=2026-11-22T08:02:39 EndTime=2026-11-22T08:32:39 Duration=00:30:00 Nodes=n[1-2,4-5] NodeCnt=4 CoreCnt=8 Features=(null) "
        + "PartitionName=(null) Flags=FLEX,IGNORE_JOBS,SPEC_NODES TRES=cpu=8 Users=ada Groups=(null) Accounts=(null) Licenses=(null) State=ACTIVE BurstBuffer=(null) Watts=n/a MaxStartDelay=(null)\n";

    private readonly Dictionary<string, string> _answers = [];

    public RecordedSlurm(string jobs)
    {
        _answers["squeue"] = Read($"{jobs}.squeue.json");
        _answers["sinfo"] = Read("drained.sinfo.json");
        _answers["scontrol"] = Reservation;
    }

    public List<string> Commands { get; } = [];

    /// <summary>What sinfo says of a node when it is asked for that alone.</summary>
    public string Node { get; set; } = "n3|gpu|mixed|none\n";

    /// <summary>What squeue says when it is asked for the numbers of some jobs alone.</summary>
    public string OnNode { get; set; } = "";

    public RecordedSlurm Answering(string program, string output)
    {
        _answers[program] = output;
        return this;
    }

    /// <summary>The answer, with a field of it changed.</summary>
    public void Change(string program, Action<JsonNode> change)
    {
        var answer = JsonNode.Parse(_answers[program])!;
        change(answer);
        _answers[program] = answer.ToJsonString();
    }

    public string Answer(string program) => _answers[program];

    public Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan within, CancellationToken cancellation)
    {
        Commands.Add($"{program} {string.Join(' ', arguments)}");
        var output = arguments.Contains("--noheader") ? program == "squeue" ? OnNode : Node : _answers.GetValueOrDefault(arguments.Contains("nodes") ? "scontrol show nodes" : program, "");
        return Task.FromResult(output == "fails" ? new CommandResult(CommandEnd.Exited, 1, "", "slurm_load_jobs error: Unable to contact slurm controller\n") : new(CommandEnd.Exited, 0, output, ""));
    }

    private static string Read(string name) => File.ReadAllText(Path.Join(Repository.Root, "tests/Daemon.Tests/Schedulers/recorded", name));
}
