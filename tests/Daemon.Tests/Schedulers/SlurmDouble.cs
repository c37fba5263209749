using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Processes;
using Forewarn.Daemon.Tests.Recovery;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Schedulers;

/// <summary>
/// Slurm's programs over a cluster in memory. Whether they do as they are told, their exit code and all that they print is what a real Slurm answered of such a job, node or hold
/// (recorded/slurm-22.05.8), the values of this cluster in it. A command line that was not recorded, or not in such a state, fails the test, and so does a deed that the cluster in memory
/// takes otherwise than Slurm did.
/// </summary>
internal sealed class SlurmDouble(MemoryCluster cluster) : ICommandRunner
{
    private static readonly RecordedCommands Recorded = new(SlurmRecording.Load());
    private static readonly RecordedAnswers Answers = new(SlurmRecording.Load());

    /// <summary>What happens before the next command does, which is named by its deed.</summary>
    public Action<string> Before { get; set; } = static _ => { };

    public Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan within, CancellationToken cancellation)
    {
        string[] line = [program, .. arguments];
        if (Recorded.Match(line) is not (var deed, var values)) throw new UnrecordedException($"no such command was recorded: {string.Join(' ', line)}");
        Before(deed);
        cluster.Pass();
        var (when, act) = Of(deed, values);
        var answer = Recorded.Answer(deed, when);
        if (act is not null && cluster.Give(act) is var refusal && refusal is null != (answer.Exit == 0))
            throw new UnrecordedException($"Slurm and the cluster in memory are not of one mind: {answer.Summary}, and {refusal ?? "done"}");
        return Task.FromResult(new CommandResult(CommandEnd.Exited, answer.Exit, Output(deed, answer.Out, values), RecordedCommands.Fill(answer.Err, values)));
    }

    private string Output(string deed, string recorded, Dictionary<string, string> values)
    {
        switch (deed)
        {
            case "nodes": return Answers.Nodes(cluster);
            case "jobs": return Answers.Jobs(cluster);
            case "holds": return Answers.Holds(cluster);
            case "ask-node": values["text"] = Node(values["node"]) is { Reason.Length: > 0 } node ? node.Reason : "none"; break;
            case "ask-note": values["text"] = Job(values["job"]) is { AdminComment.Length: > 0 } job ? job.AdminComment : "(null)"; break;
        }

        return RecordedCommands.Fill(recorded, values);
    }

    // How that stands to which it is given, and what it asks for; null for a question.
    private (string When, SchedulerAct? Act) Of(string deed, Dictionary<string, string> values)
    {
        string Value(string name) => values[name];
        ImmutableArray<string> On() => [.. Value("nodes").Split(',')];
        return deed switch
        {
            "nodes" or "jobs" or "holds" => ("any", null),
            "ask-node" => (StateOf(Node(Value("node"))), null),
            "ask-job" => (StateOf(Job(Value("job"))), null),
            "ask-note" => (Job(Value("job")) switch { null => "unknown", { AdminComment.Length: > 0 } => "some", _ => "none" }, null),
            "drain" => (StateOf(Node(Value("node"))), new SchedulerAct.TakeOut(Value("node"), Value("text"))),
            "resume" => (StateOf(Node(Value("node"))), new SchedulerAct.PutBack(Value("node"))),
            "hold" => (OfHold(Value("hold"), On()), new SchedulerAct.HoldNodes(Value("hold"), On(), Value("user"), TimeSpan.FromMinutes(int.Parse(Value("minutes"), CultureInfo.InvariantCulture)))),
            "drop" => (OfDrop(Value("hold")), new SchedulerAct.DropHold(Value("hold"))),
            "signal" => OfJob(new SchedulerAct.Signal(Value("job"), Value("signal"), SignalTarget.Steps)),
            "stop" => OfJob(new SchedulerAct.StopAndHold(Value("job"), MayHaveEnded: true)),
            "steer" when !cluster.AllHolds.ContainsKey(Value("hold")) => ($"{StateOf(Job(Value("job")))}, no hold", new SchedulerAct.Steer(Value("job"), On(), Value("hold"))),
            "steer" => OfJob(new SchedulerAct.Steer(Value("job"), On(), Value("hold"))),
            "unsteer" => OfJob(new SchedulerAct.Unsteer(Value("job"))),
            "let-go" => OfJob(new SchedulerAct.LetGo(Value("job"))),
            "detach" => OfJob(new SchedulerAct.Detach(Value("job"))),
            "note" => OfJob(new SchedulerAct.Note(Value("job"), Value("text"))),
            _ => throw new UnrecordedException($"nobody here knows what {deed} means"),
        };

        (string, SchedulerAct) OfJob(SchedulerAct act) => (StateOf(Job(Value("job"))), act);
    }

    private ClusterJob? Job(string id) => cluster.Job(id);

    private ClusterNode? Node(string name) => cluster.Nodes.FirstOrDefault(node => node.Name == name);

    private static string StateOf(ClusterJob? job) => job is null ? "unknown" : job is { Phase: JobPhase.Ended, EndedInError: true } ? "failed" : job.Phase.ToString().ToLowerInvariant();

    private string StateOf(ClusterNode? node) => node switch
    {
        null => "unknown",
        { Phase: NodePhase.Down } => node.IsDrained ? "down-drained" : "down",
        { IsDrained: true } => cluster.IsRunOn(node.Name) ? "draining" : cluster.IsCompleting(node.Name) ? "draining-completing" : "drained",
        _ => cluster.IsRunOn(node.Name) ? "allocated" : cluster.IsCompleting(node.Name) ? "completing" : cluster.IsKept(node.Name) ? "idle-held" : "idle",
    };

    private string OfHold(string name, ImmutableArray<string> nodes)
        => cluster.AllHolds.ContainsKey(name) ? "taken" : nodes.Any(cluster.IsKept) ? "taken by another" : "free";

    private string OfDrop(string name) => !cluster.AllHolds.ContainsKey(name) ? "none" : cluster.IsInUse(name) ? "used" : "free";
}

/// <summary>Nobody catches it: the test has come to where nobody knows how a real Slurm behaves.</summary>
internal sealed class UnrecordedException(string message) : Exception(message);
