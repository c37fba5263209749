using System.Globalization;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Processes;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>
/// Takes this node out of Slurm's service where the site lets us: nobody else decides, and enough of its partitions is left. What others drained keeps
/// their reason, which is read before and after. Nothing is ever undrained but what this very call drained, where others did the same in that moment.
/// </summary>
internal sealed class NodeDrain(SlurmOptions options, ICommandRunner commands, TimeProvider time)
{
    /// <summary>What our reasons begin with.</summary>
    public const string Prefix = "forewarn: ";

    // slurmd kills a HealthCheckProgram after 60 s and keeps the node waiting in a prolog; a controller that is well answers in milliseconds.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    /// <param name="node">This node, by Slurm's name.</param>
    /// <param name="why">Goes into the reason.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<DrainOutcome> ApplyAsync(string node, string why, CancellationToken cancellation)
    {
        if (options.Controller.Length > 0) return new(false, $"left to the controller {options.Controller}");
        var began = time.GetTimestamp();
        var asked = await commands.RunAsync(options.Program("sinfo"), SlurmNode.QueryAll, Deadline, cancellation);
        if (!asked.IsGood) return new(false, $"not drained: {Trouble("sinfo", asked)}", IsUnanswered: true);
        var nodes = SlurmNode.Read(asked.Output);
        if (Refusal(nodes, node) is { } refusal) return refusal;
        if (options.Mode == SlurmMode.Observe) return new(false, "would be drained: [Slurm] Mode=observe");

        var left = Deadline - time.GetElapsedTime(began);
        if (left <= TimeSpan.Zero) return new(false, $"not drained: sinfo took all of {Deadline.TotalSeconds} s", IsUnanswered: true);
        var set = await commands.RunAsync(options.Program("scontrol"), ["update", "nodename=" + node, "state=drain", "reason=" + Prefix + why], left, cancellation);
        // By then all who looked before they could see this drain have set their own: every one of them finds the same crowd.
        if (set.IsGood) await Task.Delay(Deadline, time, cancellation);
        // Whoever was quicker has a reason that ours has replaced, or has replaced ours: what stands there now is what counts.
        var now = await commands.RunAsync(options.Program("sinfo"), SlurmNode.QueryAll, Deadline, cancellation);
        var seen = now.IsGood ? SlurmNode.Read(now.Output) : [];
        var after = seen.FirstOrDefault(one => one.Name == node);
        if (set.IsGood && after is { IsDrained: true } && IsOurs(after.Reason) && Crowded(nodes, seen, node) is { } partition)
            return await TakeBackAsync(node, partition, cancellation);
        return (set.IsGood, after) switch
        {
            (false, _) => new(after is { IsDrained: true }, $"not drained: {Trouble("scontrol", set)}", IsUnanswered: after is not { IsDrained: true }),
            (true, null) => new(true, $"drained; {Trouble("sinfo", now)}"),
            (true, { IsDrained: false }) => new(false, $"not drained: scontrol took it, and sinfo says {after!.State}"),
            (true, { Reason: var reason }) when !IsOurs(reason) => new(true, $"drained, by others too: {reason}"),
            _ => new(true, "drained"),
        };
    }

    private DrainOutcome? Refusal(IReadOnlyList<SlurmNode> nodes, string node)
    {
        var mine = nodes.Where(one => one.Name == node).ToArray();
        if (mine.Length == 0) return new(false, $"not drained: sinfo knows no node {node}", IsUnanswered: true);
        if (mine.FirstOrDefault(one => one.IsDrained) is { } drained)
            return new(true, IsOurs(drained.Reason) ? "is drained" : $"is drained by others, whose reason stays: {drained.Reason}");
        if (mine.FirstOrDefault(one => one.IsOut) is { } gone) return new(false, $"not drained: it is {gone.State} already");
        foreach (var partition in mine.Select(one => one.Partition))
        {
            var all = nodes.Where(one => one.Partition == partition).ToArray();
            var away = all.Count(one => one.IsOut);
            if (away + 1 <= options.MaxDrainedShare * all.Length) continue;
            return new(false, string.Create(
                CultureInfo.InvariantCulture,
                $"not drained: {away} of {all.Length} nodes of partition {partition} are out of service, and MaxDrainedShare={options.MaxDrainedShare} leaves no more"));
        }

        return null;
    }

    // slurmd runs HealthCheckProgram on all nodes in the same moment: where a fault strikes many of them, each finds the others still in service. Of those
    // that were drained since the first look, the first by name stay, as many as the site lets.
    private string? Crowded(IReadOnlyList<SlurmNode> before, IReadOnlyList<SlurmNode> after, string node)
    {
        var known = before.Where(one => one.IsOut).Select(one => one.Name).ToHashSet();
        foreach (var partition in after.Where(one => one.Name == node).Select(one => one.Partition))
        {
            var all = after.Where(one => one.Partition == partition).ToArray();
            var away = all.Where(one => one.IsOut).ToArray();
            var behind = away.Count(one => IsOurs(one.Reason) && !known.Contains(one.Name) && string.CompareOrdinal(one.Name, node) > 0);
            if (away.Length - behind > options.MaxDrainedShare * all.Length) return partition;
        }

        return null;
    }

    private async Task<DrainOutcome> TakeBackAsync(string node, string partition, CancellationToken cancellation)
    {
        var set = await commands.RunAsync(options.Program("scontrol"), ["update", "nodename=" + node, "state=undrain"], Deadline, cancellation);
        var why = string.Create(CultureInfo.InvariantCulture, $"other nodes of partition {partition} were drained at the same time, and MaxDrainedShare={options.MaxDrainedShare} leaves no more");
        return set.IsGood ? new(false, $"not drained: {why}") : new(true, $"drained, though {why}: {Trouble("scontrol", set)}");
    }

    private static bool IsOurs(string reason) => reason.StartsWith(Prefix.TrimEnd(), StringComparison.Ordinal);

    private static string Trouble(string program, CommandResult result) => result.End switch
    {
        CommandEnd.NotStarted => $"{program}: {result.Errors}",
        CommandEnd.TimedOut => $"{program} did not end within {Deadline.TotalSeconds} s",
        _ => string.Create(CultureInfo.InvariantCulture, $"{program} ended with {result.ExitCode}: {FirstLine(result.Errors)}"),
    };

    private static string FirstLine(string text) => text.Trim().Split('\n')[0];
}
