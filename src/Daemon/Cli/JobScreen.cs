using System.Globalization;
using Forewarn.Controller.Jobs;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary>One job: where it runs, what its owner declared, what was decided and done for it.</summary>
internal static class JobScreen
{
    public static IEnumerable<Line> Render(JobAnswer job, int width, TimeZoneInfo zone)
    {
        if (job.Simulated) yield return new("SIMULATED NODES are among these: what is said of them comes from no real hardware", Tone.Warning);
        yield return new($"job {job.Id}{(job.Address is { } address ? $" ({address})" : "")} of {job.User ?? Quantity.Unknown}: {job.Phase?.ToString() ?? "not known to the scheduler any more"}");
        foreach (var (label, said) in Facts(job, zone))
        {
            foreach (var text in LabelledText.Lines(label, said, width)) yield return new(text);
        }

        foreach (var line in IncidentScreen.Moves(job.Move is null ? [] : [job.Move], job.Time, width, zone)) yield return line;
        foreach (var one in job.Decisions)
        {
            yield return new("");
            yield return new(string.Create(CultureInfo.InvariantCulture, $"because of incident {one.Incident}{(one.Open ? "" : ", which is closed")}"));
            foreach (var line in IncidentScreen.Decided(one.Decision, width)) yield return line;
        }
    }

    private static IEnumerable<(string Label, string Text)> Facts(JobAnswer job, TimeZoneInfo zone)
    {
        if (job.Name is { } name) yield return ("name       ", name);
        if (job.Partition is { } partition) yield return ("partition  ", string.Create(CultureInfo.InvariantCulture, $"{partition}; {job.Kind}, {job.Cards} cards{(job.CanRequeue == false ? ", not to be started anew" : "")}"));
        if (job.Nodes.Count > 0) yield return ("nodes      ", string.Join(' ', job.Nodes.Select(Node)));
        if (job.Started is { } started) yield return ("started    ", Quantity.Moment(started, job.Time, zone) + (job is { Ends: { } ends, Phase: not (JobPhase.Ended or JobPhase.Cancelled) } ? $", may run until {TimeZoneInfo.ConvertTime(ends, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}" : ""));
        var ours = job.Restarted.Count > 0 ? $", by us {string.Join(", ", job.Restarted.Select(at => Quantity.Moment(at, job.Time, zone)))}" : "";
        yield return ("restarts   ", string.Create(CultureInfo.InvariantCulture, $"{job.Restarts}{ours}"));
        yield return ("declared   ", job.Contract is { } contract ? Words(contract) + (contract.Site is { } site ? $" (with [{site}] of the site)" : "") : "nothing");
        yield return ("checkpoint ", job.Checkpoint is { } seen
            ? $"{seen.Path}{(seen.TrainingStep is { } step ? string.Create(CultureInfo.InvariantCulture, $", step {step}") : "")}, written {Quantity.Moment(seen.Written, job.Time, zone)}"
            : "none is known");
        if (job.AskedUntil is { } until) yield return ("asked      ", $"for a checkpoint until {Quantity.Moment(until, job.Time, zone)}");
        if (job.Incidents.Count > 0) yield return ("incidents  ", string.Join(' ', job.Incidents));
    }

    private static string Node(JobNodeReport node) => node.HoldsAll || node.Cards.Count == 0 ? node.Node : $"{node.Node}[{string.Join(',', node.Cards)}]";

    private static string Words(ContractReport contract) => string.Join(' ', new[]
    {
        contract.Off ? "off" : null,
        contract.Directory is { } directory ? $"dir={directory}" : null,
        contract.Format is { } format ? $"format={format}" : null,
        contract.Ranks is { } ranks ? string.Create(CultureInfo.InvariantCulture, $"ranks={ranks}") : null,
        contract.Signal is { } signal ? $"signal={signal} to={contract.SignalTo?.ToString().ToLowerInvariant()}" : null,
        contract.OnRequest is { } then ? $"on-request={then.ToString().ToLowerInvariant()}{Time(":", contract.PauseSeconds)}" : null,
        contract.OnFailure == OnFailure.Leave ? "on-failure=leave" : null,
        Time("interval=", contract.IntervalSeconds), Time("cost=", contract.CheckpointSeconds), Time("load=", contract.LoadSeconds),
        contract.RestartsPerDay is { } restarts ? string.Create(CultureInfo.InvariantCulture, $"restarts={restarts}") : null,
    }.OfType<string>().Where(static word => word.Length > 0));

    private static string? Time(string key, double? seconds) => seconds is { } time ? string.Create(CultureInfo.InvariantCulture, $"{key}{time:0.#}s") : null;
}
