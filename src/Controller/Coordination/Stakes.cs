using Forewarn.Controller.Decisions;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Model;

namespace Forewarn.Controller.Coordination;

/// <summary>What is at stake for one job with these troubles.</summary>
internal static class Stakes
{
    // Own figures: a checkpoint that is late is still awaited for half an interval, as if a tenth of one were left.
    private const double MostLate = 1.5;
    private const int LateShare = 10;

    public static JobStakes Of(Desk desk, ClusterJob job, IReadOnlyList<Incident> incidents, CheckpointSight checkpoints)
    {
        var (times, contract) = (desk.View.Settings.Times, job.Contract);
        var since = (job.Ended ?? desk.Now) - (Latest(checkpoints.Newest?.Written, job.Started) ?? desk.Now);
        var checkpoint = contract.CheckpointCost ?? times.Checkpoint;
        var load = contract.LoadCost ?? times.Load;
        var move = times.Stop + load;
        var isStarting = desk.Now - job.Started < load && !(checkpoints.Newest?.Written >= job.Started);
        var restart = move + times.Requeue;
        return new()
        {
            Cards = job.Cards,
            Failure = incidents.Aggregate(default(FailureProbability), static (chance, incident) => chance.Or(incident.Probability)),
            HasFailed = job.Phase == JobPhase.Ended || incidents.Any(incident => HasFailed(desk, incident)),
            IsWorkSuspect = incidents.Any(IsWorkSuspect),
            SinceCheckpoint = since < TimeSpan.Zero ? TimeSpan.Zero : since,
            NextCheckpoint = Left(contract.Interval, since),
            Remaining = job.Ends is { } ends ? ends > desk.Now ? ends - desk.Now : TimeSpan.Zero : times.Unlimited,
            CheckpointCost = checkpoint,
            Pause = contract.OnRequest == OnRequest.Pause ? contract.Pause : TimeSpan.Zero,
            MoveCost = move,
            RestartCost = restart,
            IsStarting = isStarting,
            CanCheckpoint = contract.AnswersRequests && !isStarting && (contract.OnRequest != OnRequest.Exit || checkpoints.IsReadable),
            GoesOnAfterCheckpoint = contract.OnRequest != OnRequest.Exit,
            CannotMove = CannotMove(desk, job),
            // Where it has ended it takes nothing of its node any more, and nobody else shall get what has failed.
            IdleCards = job.Phase == JobPhase.Ended ? 0 : incidents.Select(incident => incident.Node).Distinct().Sum(node => desk.View.Cluster.Node(node)?.FreeCards ?? 0),
            NextJobLoss = job.Cards * restart.TotalMinutes, // what comes next is taken to be such a job as this
        };
    }

    public static bool HasFailed(Desk desk, Incident incident) => incident.State == HealthState.Failed || desk.IsGone(incident.Node);

    public static bool IsWorkSuspect(Incident incident) => incident.Actions.Work == WorkAction.StopNow;

    // Behind a restart there is no work from before it, and none while it waited in the queue.
    private static DateTimeOffset? Latest(DateTimeOffset? written, DateTimeOffset? started) => written is null || started > written ? started : written;

    private static TimeSpan? Left(TimeSpan? interval, TimeSpan since)
        => interval is not { } regular || since >= regular * MostLate ? null : since < regular ? regular - since : regular / LateShare;

    // What its owner or its kind forbids is for the guards to say.
    private static string CannotMove(Desk desk, ClusterJob job)
    {
        if (job is { Phase: JobPhase.Ended, Contract: { IsDeclared: false } or { OnFailure: OnFailure.Leave } })
            return job.Contract.IsDeclared ? "it has ended since the card failed, and its owner starts the next himself" : "it has ended since the card failed, and declared nothing: whether it may be started anew is for its owner to say";
        if (job.Reservation.Length > 0 && !desk.Cluster.Holds.ContainsKey(job.Reservation)) return $"it runs under {job.Reservation}, which a move would take from it";
        var last = desk.State.Recoveries.GetValueOrDefault(job.Id);
        if (!job.RequiredNodes.IsEmpty && !desk.State.WasSteered(job)) return "its owner named the nodes that it runs on";
        // A move is over when its job ends. That it has ended of its card may be known a moment later.
        if (job.Phase == JobPhase.Ended && last is { Step: RecoveryStep.Closed, Outcome: RecoveryOutcome.JobEnded }) return "";
        return last is { Step: RecoveryStep.Closed, Outcome: not (RecoveryOutcome.Recovered or RecoveryOutcome.Adopted) } && desk.Now - last.StepSince < desk.View.Settings.RetryAfter
            ? $"a move came to nothing within the last {desk.View.Settings.RetryAfter}: {last.Why}" : "";
    }
}
