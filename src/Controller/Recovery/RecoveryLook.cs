using System.Collections.Immutable;
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

    public SeenCheckpoint? Newest => Sight.Checkpoints.Newest;

    /// <summary>It answers a request. One that ends then is asked only where its checkpoints can be seen: it would else stop for an answer that nobody finds.</summary>
    public bool MayAsk => IsAskable && (Recovery.Contract.OnRequest != OnRequest.Exit || Sight.Checkpoints.IsReadable);

    /// <summary>Nobody has looked yet for what it has written so far.</summary>
    public bool AwaitsReading => IsAskable && Recovery.Contract.Directory.Length > 0 && Sight.Checkpoints.Read is null;

    public TimeSpan CheckpointTime => Times.CheckpointOf(Recovery.Contract);

    /// <summary>A complete checkpoint that was not there when we asked.</summary>
    public SeenCheckpoint? Answer => NewSince(Recovery.AskedAt);

    /// <summary>It stood still for it as long as its owner declared, and goes on by now: it is as one that never stood still.</summary>
    public bool HasPaused(SeenCheckpoint answer) => Recovery.Contract is { OnRequest: OnRequest.Pause, Pause: var pause } && Now - answer.Written >= pause;

    /// <summary>There is no answer, and its folder was looked into when the time for one was over: whoever has just started, or could not look, has seen nothing.</summary>
    public bool HasNoAnswer => HasTaken(CheckpointTime) && (Recovery.Contract.Directory.Length == 0 || Sight.Checkpoints.Read >= Recovery.StepSince + CheckpointTime);

    /// <summary>It ended when it was asked, and what it left has yet to be seen: started at once it might find less than it wrote, where a file server is slow to show it.</summary>
    public bool MayYetBeSeen => IsAnswerUnseen && (Sight.Checkpoints.IsReadable || Sight.Checkpoints.Read is null) && !HasTaken(Times.Noticing);

    /// <summary>It ended when it was asked, and has written nothing.</summary>
    public bool HasLeftNothing => IsAnswerUnseen && Sight.Checkpoints.IsReadable && HasTaken(Times.Noticing);

    /// <summary>What it wrote before it was stopped can be seen by now: what comes later it has written since.</summary>
    public bool MayNote => !Recovery.IsNoted && Sight.Checkpoints.IsReadable && Sight.Checkpoints.Read >= Recovery.StepSince + Times.Resting;

    public bool WasRequeued => Job is { } job && job.Restarts > Recovery.RestartsBefore;

    /// <summary>It waits to be started anew.</summary>
    public bool IsWaiting => Job is { Phase: JobPhase.Held or JobPhase.Pending } && WasRequeued;

    /// <summary>It is held since we stopped it, and not by anybody else: who holds it later, or held what others had requeued, gave an order.</summary>
    public bool IsHeldByUs => Job is { Phase: JobPhase.Held } && WasRequeued && Recovery is { StoppedAt: not null, WasLetGo: false };

    public bool IsHeldByPeople => Job is { Phase: JobPhase.Held } && !IsHeldByUs;

    /// <summary>It ended when it was asked: that is no end, and it is started anew from what it left, as long as it was not already.</summary>
    public bool EndedWhenAsked => Job is { Phase: JobPhase.Ended } && EndsWhenAsked;

    /// <summary>It has ended, and that is no end: it was asked to, or its card has failed.</summary>
    public bool EndedForNow => EndedWhenAsked || (Job is { Phase: JobPhase.Ended } && HasDied);

    /// <summary>It was asked, and may yet end for it.</summary>
    public bool MayYetEnd => Job is { Phase: JobPhase.Running or JobPhase.Suspended or JobPhase.Completing } && EndsWhenAsked && !HasTaken(CheckpointTime);

    /// <summary>What we gave to stop it is still on its way: held it may be a moment later, and is then ours to let go.</summary>
    public bool IsBeingStopped => Recovery.StoppedAt is not null
        && (WasRequeued ? Job is { Phase: JobPhase.Completing } : Job is { Phase: JobPhase.Running or JobPhase.Suspended or JobPhase.Completing or JobPhase.Ended } && !HasTaken(Times.LateCommand));

    public bool HasEnded => Job is null or { Phase: JobPhase.Cancelled } || (Job.Phase == JobPhase.Ended && !EndedForNow);

    public bool WasMovedByOthers => Job is { Phase: JobPhase.Running } && WasRequeued && !RunsAtDestination && !Recovery.Targets.Any(Job.IsOn);

    public string? PutBackByPeople => Recovery.Targets.FirstOrDefault(target => Cluster.Node(target) is { Phase: NodePhase.InService });

    /// <summary>New nodes that cannot take the job: judged ill, out of service, or used by others meanwhile.</summary>
    public ImmutableHashSet<string> Lost => [.. Recovery.Destinations.Where(node => Sight.Unfit.Contains(node) || Cluster.Node(node) is null or { IsOut: true } || IsTaken(node))];

    public bool IsHeld => Cluster.Holds.ContainsKey(Recovery.Hold);

    /// <summary>What is missing until the new nodes, and they alone, are held: two holds cannot stand over one node.</summary>
    public List<SchedulerAct> Holding
    {
        get
        {
            if (IsHeld) return [];
            List<SchedulerAct> acts = [];
            if (Job is { Phase: JobPhase.Held or JobPhase.Pending } waiting && IsOurs(waiting.Reservation)) acts.Add(new SchedulerAct.Unsteer(waiting.Address));
            acts.AddRange(OurHolds.Select(hold => new SchedulerAct.DropHold(hold)));
            acts.Add(new SchedulerAct.HoldNodes(Recovery.Hold, Recovery.Destinations, Recovery.User, Times.HoldFor(Recovery.Contract)));
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
                if (IsOurs(waiting.Reservation)) acts.Add(new SchedulerAct.Unsteer(waiting.Address));
                if (IsHeldByUs) acts.Add(new SchedulerAct.LetGo(waiting.Address));
            }

            if (Job is { Phase: JobPhase.Running } running && IsOurs(running.Reservation)) acts.Add(new SchedulerAct.Detach(running.Address));
            acts.AddRange(OurHolds.Select(hold => new SchedulerAct.DropHold(hold)));
            return acts;
        }
    }

    public bool HasTaken(TimeSpan time) => Now - Recovery.StepSince >= time;

    public RecoveryMove Wait() => new(Recovery, []);

    public RecoveryMove Do(IEnumerable<SchedulerAct> acts) => new(Recovery, [.. acts]);

    public RecoveryMove Go(RecoveryStep step, string why) => new(Recovery.At(step, Now, why), []);

    public RecoveryMove GiveUp(RecoveryOutcome outcome, string why) => new((Recovery with { Outcome = outcome }).At(RecoveryStep.Undoing, Now, why), []);

    public RecoveryMove Close(RecoveryOutcome outcome, string why) => new((Recovery with { Outcome = outcome }).At(RecoveryStep.Closed, Now, why), []);

    /// <summary>Takes the job off its nodes. That it was us is written first.</summary>
    public RecoveryMove TakeOff() => new(Recovery with { StoppedAt = Recovery.StoppedAt ?? Now, DiedAt = HasDied ? Job!.Ended : Recovery.DiedAt }, [new SchedulerAct.StopAndHold(Job!.Address, EndsWhenAsked || HasDied)]);

    /// <summary>It is off its nodes, and what that cost it is reckoned. What it wrote while it was being stopped is newer than what was seen before, and is what it will find.</summary>
    public RecoveryMove Off(bool hasLeftNothing)
    {
        var answer = Recovery.IsAnswered ? Recovery.Checkpoint : Newest;
        var off = hasLeftNothing ? Recovery with { FellBack = true, Checkpoint = Newest } : Recovery with { Checkpoint = Newest ?? Recovery.Checkpoint };
        off = WorkAccount.Reckoned(off, answer, Now);
        var why = hasLeftNothing ? "off its nodes, and has left no new checkpoint" : "off its nodes";
        return (this with { Recovery = off }).Go(RecoveryStep.Placing, WorkAccount.Said(off) is { Length: > 0 } lost ? $"{why}; lost: {lost}" : why);
    }

    /// <summary>It runs where it shall.</summary>
    public RecoveryMove Runs() => (this with { Recovery = Recovery with { WasLetGo = true } }).Go(RecoveryStep.Detaching, "runs on its new nodes");

    /// <summary>A complete checkpoint that is another than the one noted; where none could be noted, one that was written after that.</summary>
    public SeenCheckpoint? NewSince(DateTimeOffset? noted)
        => Newest is { } newest && newest != Recovery.Noted && (Recovery.IsNoted || newest.Written >= noted) ? newest : null;

    /// <summary>The same with what is known of its checkpoints, against which the next is new.</summary>
    public JobRecovery Noting => Recovery with { Noted = Newest, IsNoted = Sight.Checkpoints.IsReadable };

    private bool IsAskable => !Recovery.MayNotAsk && Recovery.Contract.AnswersRequests;

    private bool IsAnswerUnseen => Recovery is { AskedAt: not null, FellBack: false, Contract.OnRequest: OnRequest.Exit } && Recovery.Checkpoint == Recovery.Noted && Answer is null;

    private bool HasDied => Sight.HasDied && !WasRequeued;

    private bool EndsWhenAsked => !WasRequeued && Recovery is { AskedAt: not null, Contract.OnRequest: OnRequest.Exit };

    // While it runs where it was: afterwards nobody starts beneath the hold, and what it leaves itself is not free at once. One that has died has left its nodes to whoever is quick.
    private bool IsTaken(string node) => Recovery.StoppedAt is null && Job is { } job && (job is { Phase: JobPhase.Running or JobPhase.Suspended } ? !job.IsOn(node) : EndedForNow && HasDied)
        && Cluster.Node(node)?.HasRoomFor(job) == false;

    // A hold of an earlier placement is ours as well.
    private IEnumerable<string> OurHolds => Cluster.Holds.Keys.Where(IsOurs).Order(StringComparer.Ordinal);

    private bool IsOurs(string hold) => hold.StartsWith(Recovery.HoldPrefix, StringComparison.Ordinal);
}
