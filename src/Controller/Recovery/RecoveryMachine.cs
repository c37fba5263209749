using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Recovery;

/// <summary>
/// Moves one job, a step at a look. It compares what it wants with what the cluster shows and asks for the difference; nothing hangs on what was done
/// before the look. So it can be killed anywhere: the next look finds what is missing, and what was done already is not wanted again.
/// </summary>
public static class RecoveryMachine
{
    /// <summary>The next step, or the same when there is nothing to do but wait.</summary>
    public static RecoveryMove Next(JobRecovery recovery, RecoverySight sight, RecoveryTimes times, DateTimeOffset now)
    {
        var look = new RecoveryLook(recovery, sight, times, now);
        return recovery.Step is not (RecoveryStep.Closed or RecoveryStep.Undoing) && Interruption(look) is { } interrupted ? interrupted : recovery.Step switch
        {
            RecoveryStep.Securing => Secure(look),
            RecoveryStep.Asking => Ask(look),
            RecoveryStep.AwaitingCheckpoint => AwaitCheckpoint(look),
            RecoveryStep.Stopping => Stop(look),
            RecoveryStep.Placing => Place(look),
            RecoveryStep.Starting => Start(look),
            RecoveryStep.Detaching => Detach(look),
            RecoveryStep.Progressing => Progress(look),
            RecoveryStep.Undoing => Undo(look),
            _ => look.Wait(),
        };
    }

    // What ends any step: the job's own end, others who moved it, a person's order, a new node that fails.
    private static RecoveryMove? Interruption(RecoveryLook look)
    {
        var (recovery, job) = (look.Recovery, look.Job);
        if (look.HasEnded) return look.GiveUp(RecoveryOutcome.JobEnded, job is null ? "the scheduler does not know the job any more" : "the job has ended");
        if (recovery.Step < RecoveryStep.Detaching && look.WasMovedByOthers)
            return look.GiveUp(RecoveryOutcome.Adopted, "others have started the job anew, and it runs without the bad nodes");
        if (recovery.TargetsWereOut && recovery.Step < RecoveryStep.Starting && look.PutBackByPeople is { } node)
            return look.GiveUp(RecoveryOutcome.Overruled, $"{node} was put back into service by somebody, which is an order");
        if (recovery.Step >= RecoveryStep.Starting || look.LostDestination is not { } lost) return null;
        return recovery.Attempt >= look.Times.Attempts
            ? look.GiveUp(RecoveryOutcome.NoPlace, $"{lost} is not fit either, and {recovery.Attempt} placements were tried")
            : new(recovery with { Why = $"{lost} is not fit any more: another placement is wanted" }, [], NeedsPlace: true);
    }

    private static RecoveryMove Secure(RecoveryLook look)
    {
        List<SchedulerAct> acts = [.. look.Recovery.Targets.Where(target => look.Cluster.Node(target) is { IsOut: false }).Select(target => new SchedulerAct.TakeOut(target, look.Reason)), .. look.Holding];
        if (acts.Count > 0) return look.HasTaken(look.Times.Securing) ? look.GiveUp(RecoveryOutcome.TimedOut, "nodes could not be drained and held in time") : look.Do(acts);
        var secured = look with { Recovery = look.Recovery with { TargetsWereOut = true } };
        return look.MayAsk
            ? secured.Go(RecoveryStep.Asking, "bad nodes are drained, new ones held")
            : secured.Go(RecoveryStep.Stopping, look.Recovery.MayNotAsk ? "nothing that the job writes now can be used: its last checkpoint counts" : "the job declared no way to ask it");
    }

    // The time is journaled before the request is made: a checkpoint counts as an answer when it is newer.
    private static RecoveryMove Ask(RecoveryLook look)
        => (look with { Recovery = look.Recovery with { AskedAt = look.Recovery.AskedAt ?? look.Now } }).Go(RecoveryStep.AwaitingCheckpoint, "asked for a checkpoint");

    private static RecoveryMove AwaitCheckpoint(RecoveryLook look)
    {
        if (look.Answer is { } answer)
            return (look with { Recovery = look.Recovery with { Checkpoint = answer } }).Go(RecoveryStep.Stopping, $"complete checkpoint {answer.Path}");
        if (look.HasTaken(look.CheckpointTime))
        {
            if (look.Job is { Phase: JobPhase.Ended }) return look.GiveUp(RecoveryOutcome.JobEnded, "the job has ended and left no checkpoint that is newer than the request");
            var why = look.Sight.Newest is { } last ? $"no checkpoint within {look.CheckpointTime}: back to {last.Path}" : $"no checkpoint within {look.CheckpointTime}, and none before";
            return (look with { Recovery = look.Recovery with { FellBack = true, Checkpoint = look.Sight.Newest } }).Go(RecoveryStep.Stopping, why);
        }

        // Counted before it is sent: killed between the two we do not know whether it went out, so half-way through it is sent once more.
        var due = look.Recovery.Signals == 0 || (look.Recovery.Signals == 1 && look.HasTaken(look.CheckpointTime / 2));
        return due && look.Recovery.Contract is { Signal.Length: > 0 } contract && look.Job is { Phase: JobPhase.Running }
            ? new(look.Recovery with { Signals = look.Recovery.Signals + 1 }, [new SchedulerAct.Signal(look.Recovery.Job, contract.Signal, contract.Target)])
            : look.Wait();
    }

    private static RecoveryMove Stop(RecoveryLook look)
    {
        if (look.IsWaiting)
        {
            // What it wrote while it was being stopped is newer than what was seen before, and is what it will find.
            return (look with { Recovery = look.Recovery with { Checkpoint = look.Sight.Newest ?? look.Recovery.Checkpoint } }).Go(RecoveryStep.Placing, "off its nodes");
        }

        if (look.HasTaken(look.Times.Stopping)) return look.GiveUp(RecoveryOutcome.TimedOut, $"the job was not off its nodes within {look.Times.Stopping}");
        return look.Job is { Phase: JobPhase.Running or JobPhase.Suspended or JobPhase.Ended } && !look.WasRequeued ? look.Do([new SchedulerAct.StopAndHold(look.Recovery.Job)]) : look.Wait();
    }

    private static RecoveryMove Place(RecoveryLook look)
    {
        if (look.RunsAtDestination) return look.Go(RecoveryStep.Detaching, "runs on its new nodes");
        if (look.HasTaken(look.Times.Starting)) return look.GiveUp(RecoveryOutcome.TimedOut, "the job could not be told where to start in time");
        if (look.Holding is { Count: > 0 } acts) return look.Do(acts);
        return look.IsSteered
            ? look.Go(RecoveryStep.Starting, "told where to start") with { Acts = [new SchedulerAct.LetGo(look.Recovery.Job)] }
            : look.Do([new SchedulerAct.Steer(look.Recovery.Job, look.Recovery.Destinations, look.Recovery.Hold)]);
    }

    private static RecoveryMove Start(RecoveryLook look)
    {
        if (look.RunsAtDestination) return look.Go(RecoveryStep.Detaching, "runs on its new nodes");
        if (look.HasTaken(look.Times.Starting)) return look.GiveUp(RecoveryOutcome.TimedOut, $"did not start within {look.Times.Starting}: left to the scheduler");
        return look.Job is { Phase: JobPhase.Held } ? look.Do([new SchedulerAct.LetGo(look.Recovery.Job)]) : look.Wait();
    }

    private static RecoveryMove Detach(RecoveryLook look)
        => look.Leftovers is { Count: > 0 } acts ? look.Do(acts) : look.Go(RecoveryStep.Progressing, "runs on its new nodes, all holds are gone");

    private static RecoveryMove Progress(RecoveryLook look)
    {
        if (look.Sight.Newest is { } newest && newest.Written > look.Recovery.StepSince) return look.Close(RecoveryOutcome.Recovered, $"gets on: wrote {newest.Path}");
        return look.HasTaken(look.Times.Progress) ? look.Close(RecoveryOutcome.Recovered, $"has run for {look.Times.Progress}") : look.Wait();
    }

    // A job must never be left held, nor told to start on nodes that it cannot have.
    private static RecoveryMove Undo(RecoveryLook look)
        => look.Leftovers is { Count: > 0 } acts ? look.Do(acts) : look.Close(look.Recovery.Outcome, look.Recovery.Why);
}
