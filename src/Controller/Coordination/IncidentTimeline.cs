using System.Collections.Immutable;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Coordination;

/// <summary>One trouble from its first evidence to its end, as the journal has it.</summary>
/// <param name="Milestones">What happened, in its order.</param>
/// <param name="Own">
/// The controller's own share: the time in which neither a command of the scheduler ran nor anybody was waited for (<see cref="OwnShare"/>).
/// </param>
public sealed record IncidentTimeline(ImmutableArray<Milestone> Milestones, TimeSpan Own)
{
    /// <summary>Reads it out of the journal's lines, given in their order.</summary>
    public static IncidentTimeline Of(long incident, IReadOnlyList<JournalEntry> entries)
    {
        var told = new List<Milestone>();
        foreach (var entry in entries)
        {
            if (entry.About != incident || incident == 0) continue;
            foreach (var (what, text) in Say(entry))
            {
                if (!told.Any(one => one.What == what && one.Text == text)) told.Add(new(what, entry.At, text));
            }
        }

        return new([.. told], OwnShare.Of(incident, entries));
    }

    private static IEnumerable<(string What, string Text)> Say(JournalEntry entry) => entry switch
    {
        JournalEntry.OfIncident({ IsOpen: false, IsGone: var isGone }) => [("closed", isGone ? "the node is gone for good" : "")],
        JournalEntry.OfIncident(var incident) => [("detected", $"{incident.Rule} on {incident.Node}")],
        JournalEntry.OfDecision(var decision) => [("decided", $"{decision.Verdict}{(decision.Job.Length > 0 ? $" for job {decision.Job}" : "")}: {decision.Why}")],
        JournalEntry.OfAct { Trouble.Length: > 0 } act => [("refused", $"{act.Text}: {act.Trouble}")],
        JournalEntry.OfAct act when Deed(act.What) is { } deed => [(deed, act.Text)],
        JournalEntry.OfRecovery(var recovery) => Say(recovery),
        JournalEntry.OfRepair(var repair) => Say(repair),
        JournalEntry.OfOrder(var order) => [("ordered", $"{order.Kind} by {order.Who}: {order.Why}")],
        _ => [],
    };

    private static IEnumerable<(string, string)> Say(JobRecovery recovery) => recovery.Step switch
    {
        RecoveryStep.AwaitingCheckpoint => [("asked", $"job {recovery.Job}")],
        // One that ended when it was asked may have been taken off its nodes before it could be seen.
        RecoveryStep.Stopping or RecoveryStep.Placing => [.. Resumed(recovery), .. Lost(recovery)],
        RecoveryStep.Detaching => [("running", $"job {recovery.Job} on {string.Join(", ", recovery.Destinations)}")],
        RecoveryStep.Undoing => [("given up", $"{recovery.Outcome}: {recovery.Why}")],
        RecoveryStep.Closed => [("ended", $"job {recovery.Job}: {recovery.Outcome}: {recovery.Why}")],
        _ => [],
    };

    private static IEnumerable<(string, string)> Resumed(JobRecovery recovery)
        => recovery.IsAnswered ? [("checkpoint seen", recovery.Checkpoint!.Path)] : recovery.FellBack ? [("fell back", recovery.Checkpoint?.Path ?? "to the beginning")] : [];

    private static IEnumerable<(string, string)> Lost(JobRecovery recovery) => WorkAccount.Said(recovery) is { Length: > 0 } lost ? [("work lost", $"job {recovery.Job}: {lost}")] : [];

    private static IEnumerable<(string, string)> Say(NodeRepair repair) => repair is { Guard.Length: > 0, Step: not RepairStep.People }
        ? [("repair waits", $"{repair.Guard}: {repair.Why}")]
        : repair.Step switch
        {
            RepairStep.Repairing => [("repairing", repair.Why)],
            RepairStep.Proving => [("repaired", repair.Why)],
            RepairStep.Admitting => [("proven", repair.Why)],
            RepairStep.Validating when repair.Job.Length > 0 => [("validating", $"job {repair.Job}")],
            RepairStep.Probation => [("on probation", repair.Why)],
            RepairStep.Withdrawing => [("taken out again", repair.Why)],
            RepairStep.People => [("waits for people", repair.Why)],
            RepairStep.Closed => [("repair ended", $"{repair.Outcome}: {repair.Why}")],
            _ => [],
        };

    private static string? Deed(string what) => what switch
    {
        nameof(SchedulerAct.TakeOut) => "drained",
        nameof(SchedulerAct.HoldNodes) => "held",
        nameof(SchedulerAct.Reboot) => "rebooted",
        nameof(SchedulerAct.PutBack) => "put back",
        nameof(SchedulerAct.Signal) => "signalled",
        nameof(SchedulerAct.StopAndHold) => "requeued",
        nameof(SchedulerAct.LetGo) => "let go",
        _ => null,
    };
}
