using System.Text.Json;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Processes;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>Slurm through its own commands, as the user that runs the controller.</summary>
/// <param name="commands">Runs them.</param>
/// <param name="bounds">What jobs may declare.</param>
/// <param name="time">The clock.</param>
/// <param name="repair">Begins the site's own repair of a node; gives why it cannot.</param>
internal sealed class SlurmScheduler(ICommandRunner commands, ContractBounds bounds, TimeProvider time, Func<SchedulerAct.RunRepair, string?>? repair = null) : IScheduler
{
    // Own figure: slurmctld answers a command within a second when it is well, and within its MessageTimeout of 10 s when it is not.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    // squeue(1), --states: all in which a job has, or may have, processes on its nodes.
    private const string OnNode = "RUNNING,SUSPENDED,COMPLETING,CONFIGURING,STAGE_OUT,SIGNALING,STOPPED,RESIZING";

    // squeue(1), JOB STATE CODES: of a job that somebody ended, or whose time was over, and of one that is on its way there. Slurm requeues these as willingly as any other (22.05.8).
    private static readonly string[] NotToStart = ["CANCELLED", "TIMEOUT", "DEADLINE", "REVOKED", "COMPLETING"];
    private static readonly string[] OnItsNodes = ["RUNNING", "CONFIGURING", "SUSPENDED", "STOPPED", "SIGNALING", "RESIZING"];

    // Later versions group nodes in what sinfo says, and have another command for what it said before.
    private volatile bool _asksControl;

    public string Name => "slurm";

    public async Task<ClusterReading> ReadAsync(CancellationToken cancellation)
    {
        var at = time.GetUtcNow(); // what changed while it was being read is told by the next reading
        var told = await Task.WhenAll(
            _asksControl ? commands.RunAsync("scontrol", ["show", "nodes", "--json"], Deadline, cancellation) : commands.RunAsync("sinfo", ["--json"], Deadline, cancellation),
            commands.RunAsync("squeue", ["--json", "--states=all"], Deadline, cancellation),
            commands.RunAsync("scontrol", ["--oneliner", "show", "reservation"], Deadline, cancellation));
        if (Array.Find(told, result => !result.IsGood) is { } bad) return ClusterReading.Failed(bad.End == CommandEnd.TimedOut ? $"no answer within {Deadline.TotalSeconds} s" : bad.Errors.Trim());
        try
        {
            using var nodes = Answer("sinfo", told[0].Output);
            if (!_asksControl && SlurmNodes.AreGrouped(nodes.RootElement))
            {
                _asksControl = true;
                return await ReadAsync(cancellation);
            }

            using var jobs = Answer("squeue", told[1].Output);
            List<string> complaints = [];
            var known = SlurmNodes.Read(nodes.RootElement);
            var sight = new ClusterSight
            {
                At = at,
                Nodes = known,
                Jobs = SlurmJobs.Read(jobs.RootElement, known, bounds, complaints),
                Holds = SlurmReservations.Read(told[2].Output),
                Reservations = SlurmReservations.ReadOthers(told[2].Output),
            };
            return new(sight, "", [.. complaints]);
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            return ClusterReading.Failed($"an answer was not understood: {unreadable.Message}");
        }
    }

    public async Task<string?> DoAsync(SchedulerAct act, CancellationToken cancellation)
    {
        if (act is SchedulerAct.TakeOut or SchedulerAct.PutBack && await NotOursAsync(act, cancellation) is { } refusal) return refusal;
        if (act is SchedulerAct.StopAndHold stop && await WasEndedAsync(stop, cancellation) is { } ended) return ended;
        if (act is SchedulerAct.Note note)
        {
            var (whole, trouble) = await MergedAsync(note, cancellation);
            if (whole is null) return trouble;
            act = whole;
        }

        if (act is SchedulerAct.Reboot or SchedulerAct.RunRepair && await NotEmptyAsync(act, cancellation) is { } used) return used;
        if (act is SchedulerAct.RunRepair begun) return repair is null ? "no repair command can be run here" : repair(begun);
        if (act is SchedulerAct.Validate validate && await IsSubmittedAsync(validate, cancellation) is (var isThere, var unread) && (isThere || unread is not null)) return unread;
        var (program, arguments) = SlurmWords.Of(act);
        var result = await commands.RunAsync(program, arguments, Deadline, cancellation);
        return result switch
        {
            { IsGood: true } => null,
            { End: CommandEnd.TimedOut } => $"{program} did not end within {Deadline.TotalSeconds} s",
            _ => $"{program} {string.Join(' ', arguments)}: {result.Errors.Trim()}",
        };
    }

    // An update overwrites whatever reason stands there, so it is looked at in the last moment: what others drained stays theirs.
    private async Task<string?> NotOursAsync(SchedulerAct act, CancellationToken cancellation)
    {
        var name = act switch { SchedulerAct.TakeOut(var taken, _) => taken, SchedulerAct.PutBack(var given) => given, _ => "" };
        var asked = await commands.RunAsync("sinfo", SlurmNode.Query(name), Deadline, cancellation);
        if (!asked.IsGood) return $"sinfo: {asked.Errors.Trim()}";
        if (SlurmNode.Read(asked.Output).FirstOrDefault(one => one.Name == name) is not { } node) return $"sinfo knows no node {name}";
        var isOurs = act is SchedulerAct.TakeOut ? ForeignDrainGuard.IsOurs(node.Reason) : node.Reason.StartsWith(ForeignDrainGuard.Mark, StringComparison.Ordinal);
        return node.IsDrained && !isOurs ? $"{name} was drained by others: {node.Reason}" : act is SchedulerAct.PutBack && !node.IsDrained ? $"{name} is not drained" : null;
    }

    // A requeue starts anew what has ended a moment ago as well, of itself or by its user, so it is looked at in the last moment. Where squeue says nothing, scontrol will know why.
    private async Task<string?> WasEndedAsync(SchedulerAct.StopAndHold act, CancellationToken cancellation)
    {
        var asked = await commands.RunAsync("squeue", ["--noheader", "--states=all", $"--jobs={act.Job}", "--format=%T"], Deadline, cancellation);
        if (!asked.IsGood) return $"squeue: {asked.Errors.Trim()}";
        var state = asked.Output.Trim();
        var isToStay = NotToStart.Contains(state) || (!act.MayHaveEnded && state.Length > 0 && !OnItsNodes.Contains(state));
        return isToStay ? $"job {act.Job} is {state}, and is not stopped: it would be started anew" : null;
    }

    // An update overwrites the whole text, in which others write as well: it is read in the last moment. Null without trouble where nothing is to be written.
    private async Task<(SchedulerAct.Note? Whole, string? Trouble)> MergedAsync(SchedulerAct.Note note, CancellationToken cancellation)
    {
        var asked = await commands.RunAsync("squeue", SlurmNote.Query(note.Job), Deadline, cancellation);
        if (!asked.IsGood) return (null, $"squeue: {(asked.End == CommandEnd.TimedOut ? $"no answer within {Deadline.TotalSeconds} s" : asked.Errors.Trim())}");
        if (SlurmNote.Read(asked.Output) is not { } text) return (null, $"the AdminComment of job {note.Job} is too long to be read whole, and is left as it is");
        var merged = OwnerNote.Merge(text, note.Text);
        return merged == text ? (null, null) : (note with { Text = merged }, null);
    }

    // Asked of Slurm in the last moment, and not of what was read before: a node is not touched on which anything may run.
    private async Task<string?> NotEmptyAsync(SchedulerAct act, CancellationToken cancellation)
    {
        var name = act switch { SchedulerAct.Reboot(var rebooted, _) => rebooted, SchedulerAct.RunRepair { Node: var repaired } => repaired, _ => "" };
        var asked = await commands.RunAsync("sinfo", SlurmNode.Query(name), Deadline, cancellation);
        if (!asked.IsGood) return $"sinfo: {asked.Errors.Trim()}";
        if (SlurmNode.Read(asked.Output).FirstOrDefault(one => one.Name == name) is not { } node) return $"sinfo knows no node {name}";
        if (node is not { State: "drained", Flags: "" }) return $"{name} is {node.State}{node.Flags}, and not drained";
        if (!node.Reason.StartsWith(ForeignDrainGuard.Mark, StringComparison.Ordinal)) return $"{name} was drained by others: {node.Reason}";
        var jobs = await commands.RunAsync("squeue", ["--noheader", $"--nodelist={name}", $"--states={OnNode}", "--format=%i"], Deadline, cancellation);
        if (!jobs.IsGood) return $"squeue: {jobs.Errors.Trim()}";
        return jobs.Output.Trim() is { Length: > 0 } running ? $"job {string.Join(", ", running.Split('\n', StringSplitOptions.TrimEntries))} is on {name}" : null;
    }

    // Killed between the deed and its note, the job is there: a second one would be wrong, and is not needed.
    private async Task<(bool IsThere, string? Trouble)> IsSubmittedAsync(SchedulerAct.Validate act, CancellationToken cancellation)
    {
        var jobs = await commands.RunAsync("squeue", ["--noheader", $"--name={act.Name}", $"--reservation={act.Hold}", "--states=all", "--format=%i"], Deadline, cancellation);
        return jobs.IsGood ? (jobs.Output.Trim().Length > 0, null) : (false, $"squeue: {jobs.Errors.Trim()}");
    }

    private static JsonDocument Answer(string program, string output)
    {
        var answer = JsonDocument.Parse(output);
        // Slurm answers errors with exit code 0 and says so within.
        if (answer.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0)
            throw new FormatException($"{program}: {errors[0].GetRawText()}");
        return answer;
    }
}
