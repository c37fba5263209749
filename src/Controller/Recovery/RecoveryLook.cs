using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Recovery;

/// <summary>One look at one move: the questions that its steps ask, and the answers that they give.</summary>
internal sealed record RecoveryLook(JobRecovery Recovery, RecoverySight Sight, RecoveryTimes Times, DateTimeOffset Now)
{
    public ClusterSight Cluster => Sight.Cluster;

    public ClusterJob? Job => Sight.Cluster.Job(Recovery.Job);

    /// <summary>What goes into the reason of a drain: by it we know our own, and which leader's.</summary>
    public string Reason => FormattableString.Invariant($"forewarn[{Recovery.Epoch}/{Recovery.Incident}]: job {Recovery.Job} is moved away");

    public bool MayAsk => !Recovery.MayNotAsk && Recovery.Contract is { AnswersRequests: true, IsOff: false };

    /// <summary>Its owner's figure with slack, or the site's.</summary>
    public TimeSpan CheckpointTime => Recovery.Contract.CheckpointCost is { } cost ? cost * Times.CheckpointSlack : Times.Checkpoint;

    /// <summary>A complete checkpoint that was written after we asked.</summary>
    public SeenCheckpoint? Answer => Sight.Newest is { } newest && newest.Written >= Recovery.AskedAt ? newest : null;

    public bool WasRequeued => Job is { } job && job.Restarts > Recovery.RestartsBefore;

    /// <summary>It waits to be started anew.</summary>
    public bool IsWaiting => Job is { Phase: JobPhase.Held or JobPhase.Pending } && WasRequeued;

    /// <summary>Ended, and not because we asked it to: one that ends when asked leaves a checkpoint, and is started anew from there.</summary>
    public bool HasEnded => Job is null || (Job.Phase == JobPhase.Ended && !EndsWhenAsked);

    public bool WasMovedByOthers => Job is { Phase: JobPhase.Running } && WasRequeued && !RunsAtDestination && !Recovery.Targets.Any(Job.IsOn);

    public string? PutBackByPeople => Recovery.Targets.FirstOrDefault(target => Cluster.Node(target) is { Phase: NodePhase.InService });

    /// <summary>A new node that cannot take the job: judged ill, or out of service. Nodes where the job runs already may be in use, by itself.</summary>
    public string? LostDestination => Recovery.Destinations.FirstOrDefault(node => Sight.Unfit.Contains(node) || Cluster.Node(node) is null or { IsOut: true });

    public bool IsHeld => Cluster.Holds.ContainsKey(Recovery.Hold);

    /// <summary>What is missing until the new nodes, and they alone, are held: two holds cannot stand over one node.</summary>
    public List<SchedulerAct> Holding
    {
        get
        {
            if (IsHeld) return [];
            List<SchedulerAct> acts = [];
            if (Job is { Phase: JobPhase.Held or JobPhase.Pending } waiting && IsOurs(waiting.Reservation)) acts.Add(new SchedulerAct.Unsteer(waiting.Id));
            acts.AddRange(OurHolds.Select(hold => new SchedulerAct.DropHold(hold)));
            acts.Add(new SchedulerAct.HoldNodes(Recovery.Hold, Recovery.Destinations, Recovery.User, Times.Hold));
            return acts;
        }
    }

    public bool IsSteered => Job is { } job && job.Reservation == Recovery.Hold && job.RequiredNodes.ToHashSet().SetEquals(Recovery.Destinations);

    public bool RunsAtDestination => Job is { Phase: JobPhase.Running } && WasRequeued && Job.Nodes.Select(node => node.Name).ToHashSet().SetEquals(Recovery.Destinations);

    /// <summary>What we did for the move and is not needed any more; the job first, since a job under a hold keeps it from being dropped.</summary>
    public List<SchedulerAct> Leftovers
    {
        get
        {
            List<SchedulerAct> acts = [];
            if (Job is { Phase: JobPhase.Held or JobPhase.Pending } waiting && Recovery.Step == RecoveryStep.Undoing)
            {
                if (IsOurs(waiting.Reservation)) acts.Add(new SchedulerAct.Unsteer(waiting.Id));
                if (waiting.Phase == JobPhase.Held && WasRequeued) acts.Add(new SchedulerAct.LetGo(waiting.Id));
            }

            if (Job is { Phase: JobPhase.Running } running && IsOurs(running.Reservation)) acts.Add(new SchedulerAct.Detach(running.Id));
            acts.AddRange(OurHolds.Select(hold => new SchedulerAct.DropHold(hold)));
            return acts;
        }
    }

    /// <summary>It ends when it has answered: its end is no end, as long as it was not started anew.</summary>
    private bool EndsWhenAsked => Recovery is { AskedAt: not null, Contract.OnRequest: OnRequest.Exit, Step: <= RecoveryStep.Stopping };

    public bool HasTaken(TimeSpan time) => Now - Recovery.StepSince >= time;

    public RecoveryMove Wait() => new(Recovery, []);

    public RecoveryMove Do(IEnumerable<SchedulerAct> acts) => new(Recovery, [.. acts]);

    public RecoveryMove Go(RecoveryStep step, string why) => new(Recovery.At(step, Now, why), []);

    public RecoveryMove GiveUp(RecoveryOutcome outcome, string why) => new((Recovery with { Outcome = outcome }).At(RecoveryStep.Undoing, Now, why), []);

    public RecoveryMove Close(RecoveryOutcome outcome, string why) => new((Recovery with { Outcome = outcome }).At(RecoveryStep.Closed, Now, why), []);

    // A hold of an earlier placement is ours as well.
    private IEnumerable<string> OurHolds => Cluster.Holds.Keys.Where(IsOurs).Order(StringComparer.Ordinal);

    private bool IsOurs(string hold) => hold.StartsWith(Recovery.HoldPrefix, StringComparison.Ordinal);
}
