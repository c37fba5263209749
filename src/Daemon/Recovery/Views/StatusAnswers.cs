using Forewarn.Controller.Guards;
using Forewarn.Daemon.Fleet.Views;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>Puts fleet and controller on one page.</summary>
internal static class StatusAnswers
{
    // Own figure: what a screen has room for; all of them have lists of their own.
    private const int Most = 20;

    public static StatusAnswer Of(WholeSight sight, RecoveryHost? host, string version, string? storeTrouble)
    {
        var silent = sight.Fleet.Silent(sight.Now);
        return new()
        {
            Simulated = sight.IsSimulated,
            Time = sight.Now,
            Version = version,
            Started = sight.Fleet.Began,
            NodeCount = sight.Fleet.Nodes.Count,
            States = FleetAnswers.Count(sight.Fleet.Nodes.Values.Select(node => sight.Fleet.Health(node, sight.Now))),
            SilentCount = silent.Count,
            SilentNodes = [.. silent.Order(StringComparer.Ordinal).Take(Most)],
            StoreTrouble = storeTrouble,
            Work = host is null ? null : Work(sight, host),
        };
    }

    private static WorkStatus Work(WholeSight sight, RecoveryHost host)
    {
        var (open, moves) = (sight.Work.Open.OrderByDescending(static incident => incident.Id).ToList(), sight.Work.Moves.ToList());
        var guards = host.Settings.Guards;
        return new()
        {
            Scheduler = host.Scheduler,
            SchedulerRead = sight.Cluster?.At,
            Trouble = host.Trouble.Length > 0 ? host.Trouble : null,
            AuditTrouble = host.Audit.Trouble,
            Epoch = sight.Work.Epoch,
            Partitions = sight.Cluster is null ? [] : [.. PartitionShare.Each(sight.Cluster, guards).Select(share => Of(share, sight, guards))],
            OpenCount = open.Count,
            Incidents = [.. open.Take(Most).Select(incident => IncidentAnswers.Summary(sight.Work, incident))],
            ApprovalsAwaited = sight.Work.ApprovalsAwaited,
            MoveCount = moves.Count,
            Moves = [.. moves.Take(Most).Select(IncidentAnswers.Of)],
        };
    }

    private static PartitionReport Of(PartitionShare share, WholeSight sight, GuardSettings guards) => new()
    {
        Partition = share.Partition,
        Mode = guards.Modes.GetValueOrDefault(share.Partition, guards.Mode),
        NodeCount = share.Nodes,
        Out = share.Out,
        Ours = sight.Work.Drains.Values.Count(drain => drain.Lifted is null && sight.Cluster!.Node(drain.Node) is { IsOut: true } node && node.Partitions.Contains(share.Partition)),
        Most = share.Most,
        Full = share.IsFull,
    };
}
