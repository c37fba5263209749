using System.Collections.Immutable;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Repair;

/// <summary>One look at one repair: the questions that its steps ask, and the answers that they give.</summary>
internal sealed record RepairLook(NodeRepair Repair, RepairSight Sight, RepairSettings Settings, DateTimeOffset Now)
{
    public ClusterNode? Node => Sight.Cluster.Node(Repair.Node);

    /// <summary>Drained, without any job: what may be repaired.</summary>
    public bool IsEmpty => Node is { Phase: NodePhase.Drained } && HasNoJob;

    /// <summary>The same, or lost and drained: after a reboot that it did not order Slurm holds a node to be down until somebody resumes it.</summary>
    public bool IsVacant => Node is { IsDrained: true, Phase: NodePhase.Drained or NodePhase.Down } && HasNoJob;

    private bool HasNoJob => !Sight.Cluster.Jobs.Values.Any(job => job.Phase is JobPhase.Running or JobPhase.Suspended or JobPhase.Completing && job.IsOn(Repair.Node));

    /// <summary>It was drained for another reason than ours.</summary>
    public string? ForeignReason => Node is { IsDrained: true, Reason: { Length: > 0 } reason } && !reason.StartsWith(ForeignDrainGuard.Mark, StringComparison.Ordinal) ? reason : null;

    /// <summary>The scheduler knows that this repair wants a reboot. Slurm appends how far it is to the reason.</summary>
    public bool IsRebootAsked => Node is { Reason: var reason } && reason.StartsWith(Repair.RebootReason, StringComparison.Ordinal);

    /// <summary>A reboot is what resets the cards where the site has no command of its own.</summary>
    public bool NeedsReboot => Repair.Action == RepairAction.RebootNode || (Repair.Action == RepairAction.ResetDevice && Settings.Command.Length == 0);

    public bool HasHold => Sight.Cluster.Holds.ContainsKey(Repair.Hold);

    /// <summary>The validation's job: under our hold nobody else can have one.</summary>
    public ClusterJob? Job => Sight.Cluster.Jobs.Values.Where(job => job.Name == Repair.JobName && job.Reservation == Repair.Hold).OrderBy(job => job.Id.Length).ThenBy(job => job.Id, StringComparer.Ordinal).LastOrDefault();

    /// <summary>What is wrong with the node, or still has to be told; empty when its agent tells that all is well.</summary>
    public string Missing
    {
        get
        {
            var proof = Sight.Proof;
            if (!proof.IsHeard) return "its agent has not told how it stands";
            if (NeedsReboot && (proof.BootId.Length == 0 || Repair.BootId.Length == 0 || proof.BootId == Repair.BootId)) return "its agent tells of no new boot";
            if (!proof.Troubles.IsEmpty) return $"not cleared: {string.Join(", ", proof.Troubles.Select(one => $"{one.Rule} on {one.Device}"))}";
            if (!proof.Unknown.IsEmpty) return $"nobody can say how {string.Join(", ", proof.Unknown)} is";
            return proof.Cards < Repair.Cards || proof.LacksCards ? FormattableString.Invariant($"it tells of {proof.Cards} cards, and {Math.Max(Repair.Cards, Node?.Cards ?? 0)} are expected") : "";
        }
    }

    public StandingTrouble? Hands => Sight.Proof.IsHeard ? Sight.Proof.Troubles.FirstOrDefault(one => one.Repair >= RepairAction.InspectFabric) : null;

    public bool HasTaken(TimeSpan time) => Now - Repair.StepSince >= time;

    public RepairMove Wait() => new(Repair, []);

    public RepairMove Do(params ImmutableArray<SchedulerAct> acts) => new(Repair, acts);

    public RepairMove Go(RepairStep step, string why) => new(Repair.At(step, Now, why), []);

    public RepairMove Close(RepairOutcome outcome, string why) => new((Repair with { Outcome = outcome }).At(RepairStep.Closed, Now, why), []);
}
