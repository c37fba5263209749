using System.Text.Json;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Processes;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>Slurm through its own commands, as the user that runs the controller.</summary>
internal sealed class SlurmScheduler(ICommandRunner commands, ContractBounds bounds, TimeProvider time) : IScheduler
{
    // Own figure: slurmctld answers a command within a second when it is well, and within its MessageTimeout of 10 s when it is not.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

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
        if (act is SchedulerAct.Note note)
        {
            var (whole, trouble) = await MergedAsync(note, cancellation);
            if (whole is null) return trouble;
            act = whole;
        }

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

    // An update overwrites the whole text, in which others write as well: it is read in the last moment. Null without trouble where nothing is to be written.
    private async Task<(SchedulerAct.Note? Whole, string? Trouble)> MergedAsync(SchedulerAct.Note note, CancellationToken cancellation)
    {
        var asked = await commands.RunAsync("squeue", SlurmNote.Query(note.Job), Deadline, cancellation);
        if (!asked.IsGood) return (null, $"squeue: {(asked.End == CommandEnd.TimedOut ? $"no answer within {Deadline.TotalSeconds} s" : asked.Errors.Trim())}");
        if (SlurmNote.Read(asked.Output) is not { } text) return (null, $"the AdminComment of job {note.Job} is too long to be read whole, and is left as it is");
        var merged = OwnerNote.Merge(text, note.Text);
        return merged == text ? (null, null) : (note with { Text = merged }, null);
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
