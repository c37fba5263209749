using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>A disk or a file system failed.</summary>
internal sealed class StorageTrouble : IHealthRule
{
    // Keys.
    private const long Errors = 0;
    private const long FileSystem = 1;

    private static readonly Threshold Many = new("ManyPerDay", 10, "", 1, 100000, "So many within a day degrade the node; one is watched.",
        "own: one bad block against a failing disk or a file system that went read-only and is written to");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "storage-trouble",
        Title = "Storage trouble",
        Scope = RuleScope.Node,
        Doc = "A disk or a file system of the node reported errors (key 0), or a file system went read-only or was shut down (key 1), which it stays whether that is logged "
            + "again or not. Jobs lose checkpoints and logs; the node's own software may not start again.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectHardware),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: what is counted has left its window before; what comes again within this is the same trouble"),
        ClearedBy = "a day of watching without an error; of a file system that is read-only or shut down, a reboot, or `forewarn clear` after it was repaired and mounted",
        Probability = new(0, 0.002, 0.01),
        ProbabilityOrigin = "own: it is the node that fails, not a card",
        Thresholds = [Many],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var ended = OutOfService(in subject);
        if (ended.Newest is { } newest) verdicts.Add(new Verdict(FileSystem, ended.InHour, 0) { Last = newest.Last, Latch = Latch.Reboot });
        var count = EventCount.Anywhere(subject.Node, HealthEventKind.StorageTrouble, subject.Now);
        if (count.InDay <= 0) return;
        var isMany = count.InDay >= subject.Settings[Many];
        verdicts.Add(new Verdict(Errors, count.InDay, isMany ? subject.Settings[Many] : 0)
        {
            Last = count.Newest!.Last,
            Severity = isMany ? Severity.Degraded : null,
            Actions = isMany ? new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware) : null,
        });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        if (verdict.Key == FileSystem)
        {
            var ended = OutOfService(in subject);
            return new(
                $"{Counted.Of(verdict.Value, "file system")} out of service, the last {ended.Newest?.Latest.Detail?.Unit} (should be 0)",
                [new("file systems read-only or shut down", verdict.Value, 0, "", "", ended.Newest?.Last ?? subject.Now), ended.Line("the kernel's word")])
            {
                ClearedBy = "a reboot, or `forewarn clear` after it was repaired and mounted",
            };
        }

        var count = EventCount.Anywhere(subject.Node, HealthEventKind.StorageTrouble, subject.Now);
        return new(
            $"{Counted.Of(verdict.Value, "error")} of disks or file systems within a day (limit {verdict.Threshold:0})",
            [
                new("errors of disks or file systems within a day", verdict.Value, verdict.Threshold, "", "", count.Newest?.Last ?? subject.Now),
                count.Line("the kernel's word"),
            ]);
    }

    /// <summary>What went out of service in this boot, in the place of the hour's count how many: silence does not bring it back.</summary>
    private static EventCount OutOfService(in Subject subject)
    {
        var count = default(EventCount);
        var events = subject.Node.Self.Events;
        for (var i = 0; i < events.Count; i++)
        {
            var latest = events[i].Latest;
            if (latest.Kind == HealthEventKind.StorageTrouble && latest.BootId == subject.Node.BootId && StorageState.IsOut(latest.Detail?.Unit ?? "")) count = count.And(events[i], 1, 1);
        }

        return count;
    }
}
