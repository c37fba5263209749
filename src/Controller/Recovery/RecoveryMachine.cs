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
        if (look.IsHeldByPeople) return look.GiveUp(RecoveryOutcome.Overruled, "somebody holds the job, which is an order");
        if (recovery.Step < RecoveryStep.Detaching && look.WasMovedByOthers)
            return look.GiveUp(RecoveryOutcome.Adopted, "others have started the job anew, and it runs without the bad nodes");
        if (recovery.TargetsWereOut && recovery.Step < RecoveryStep.Starting && look.PutBackByPeople is { } node)
            return look.GiveUp(RecoveryOutcome.Overruled, $"{node} was put back into service by somebody, which is an order");
        if (recovery.Step >= RecoveryStep.Starting || look.Lost is not { Count: > 0 } lost) return null;
        var which = string.Join(", ", lost.Order(StringComparer.Ordinal));
        return recovery.Attempt >= look.Times.Attempts
            ? look.GiveUp(RecoveryOutcome.NoPlace, $"{which} cannot take it either, and {recovery.Attempt} placements were tried")
            : new(recovery with { Why = $"{which} cannot take it any more: another placement is wanted" }, [], lost);
    }

    private static RecoveryMove Secure(RecoveryLook look)
    {
        List<SchedulerAct> drains = [.. look.Recovery.Targets.Where(target => look.Cluster.Node(target) is { WouldTakeWork: true }).Select(target => new SchedulerAct.TakeOut(target, look.Reason))];
        // Written as soon as it is so: who puts one of them back while a hold is still refused gave an order as well.
        var seen = look with { Recovery = look.Recovery with { TargetsWereOut = look.Recovery.TargetsWereOut || drains.Count == 0 } };
        List<SchedulerAct> acts = [.. drains, .. look.Holding];
        if (acts.Count > 0) return look.HasTaken(look.Times.Securing) ? seen.GiveUp(RecoveryOutcome.TimedOut, "nodes could not be drained and held in time") : seen.Do(acts);
        if (look.AwaitsReading && !look.HasTaken(look.Times.Securing)) return seen.Wait();
        return look.MayAsk ? seen.Go(RecoveryStep.Asking, "bad nodes are drained, new ones held") : seen.Go(RecoveryStep.Stopping, WhyNotAsked(look.Recovery));
    }

    private static string WhyNotAsked(JobRecovery recovery) => recovery switch
    {
        { MayNotAsk: true } => "what the job would write now cannot be used, or is not worth asking for: its last checkpoint counts",
        { Contract.AnswersRequests: true } => "the job ends when it is asked, and nobody could see what it leaves: its last checkpoint counts",
        _ => "the job declared no way to ask it",
    };

    // Time and newest checkpoint are journaled before the request is made: another one is the answer.
    private static RecoveryMove Ask(RecoveryLook look)
        => (look with { Recovery = look.Recovery.AskedAt is null ? look.Noting with { AskedAt = look.Now, Checkpoint = look.Newest } : look.Recovery }).Go(RecoveryStep.AwaitingCheckpoint, "asked for a checkpoint");

    private static RecoveryMove AwaitCheckpoint(RecoveryLook look)
    {
        if (look.Answer is { } answer)
            return (look with { Recovery = look.Recovery with { Checkpoint = answer } }).Go(RecoveryStep.Stopping, look.HasPaused(answer) ? $"complete checkpoint {answer.Path}; its pause is over, and it computes what it will lose" : $"complete checkpoint {answer.Path}");
        // Its scheduler forgets it some minutes after its end, and what it left is found as well when it waits to be started anew.
        if (look.EndedForNow) return look.Go(RecoveryStep.Stopping, look.EndedWhenAsked ? "it has ended, as it does when it is asked" : "it has ended: its card has failed");
        if (look.HasNoAnswer)
        {
            var why = look.Newest is { } last ? $"no checkpoint within {look.CheckpointTime}: back to {last.Path}" : $"no checkpoint within {look.CheckpointTime}, and none before";
            return (look with { Recovery = look.Recovery with { FellBack = true, Checkpoint = look.Newest } }).Go(RecoveryStep.Stopping, why);
        }

        // Counted before it is sent: killed between the two we do not know whether it went out, so half-way through it is sent once more.
        var due = look.Recovery.Signals == 0 || (look.Recovery.Signals == 1 && look.HasTaken(look.CheckpointTime / 2));
        return due && look.Recovery.Contract is { Signal.Length: > 0 } contract && look.Job is { Phase: JobPhase.Running } running
            ? new(look.Recovery with { Signals = look.Recovery.Signals + 1 }, [new SchedulerAct.Signal(running.Address, contract.Signal, contract.Target)])
            : look.Wait();
    }

    private static RecoveryMove Stop(RecoveryLook look)
    {
        if (look.IsWaiting)
        {
            if (look.MayYetBeSeen) return look.Wait();
            return look.Off(look.HasLeftNothing);
        }

        if (look.HasTaken(look.Times.Stopping)) return look.GiveUp(RecoveryOutcome.TimedOut, $"the job was not off its nodes within {look.Times.Stopping}");
        if (look.WasRequeued || look.Job is not { Phase: JobPhase.Running or JobPhase.Suspended or JobPhase.Ended }) return look.Wait();
        // The hold may have run out while a checkpoint was awaited. One that has ended cannot wait for it: its scheduler would forget it.
        return look.Recovery.StoppedAt is null && !look.EndedForNow && look.Holding is { Count: > 0 } acts ? look.Do(acts) : look.TakeOff();
    }

    private static RecoveryMove Place(RecoveryLook look)
    {
        if (look.RunsAtDestination) return look.Runs();
        if (look.HasTaken(look.Times.Starting)) return look.GiveUp(RecoveryOutcome.TimedOut, "the job could not be told where to start in time");
        if (look.Holding is { Count: > 0 } acts) return look.Do(acts);
        return look.IsSteered
            ? look.Go(RecoveryStep.Starting, "told where to start") with { Acts = [new SchedulerAct.LetGo(look.Job!.Address)] }
            : look.Do([new SchedulerAct.Steer(look.Job!.Address, look.Recovery.Destinations, look.Recovery.Hold)]);
    }

    private static RecoveryMove Start(RecoveryLook look)
    {
        if (look.RunsAtDestination) return look.Runs();
        if (look.HasTaken(look.Times.Starting)) return look.GiveUp(RecoveryOutcome.TimedOut, $"did not start within {look.Times.Starting}: left to the scheduler");
        if (look.Job is { Phase: JobPhase.Held } held) return look.Do([new SchedulerAct.LetGo(held.Address)]);
        return look.Job is { Phase: JobPhase.Pending } && !look.Recovery.WasLetGo ? new(look.Recovery with { WasLetGo = true }, []) : look.Wait();
    }

    private static RecoveryMove Detach(RecoveryLook look)
        => look.Leftovers is { Count: > 0 } acts ? look.Do(acts) : (look with { Recovery = look.Recovery with { IsNoted = false } }).Go(RecoveryStep.Progressing, "runs on its new nodes, all holds are gone");

    private static RecoveryMove Progress(RecoveryLook look)
    {
        if (look.Job is { Phase: JobPhase.Pending } || look.WasMovedByOthers) return look.Close(RecoveryOutcome.Adopted, "it ran on its new nodes, and others have started it anew since");
        if (!look.RunsAtDestination) return look.HasTaken(look.Times.Progress) ? look.Close(RecoveryOutcome.TimedOut, $"did not get on within {look.Times.Progress}") : look.Wait();
        if (look.MayNote) return new(look.Noting, []);
        if (look.Recovery.IsNoted && look.NewSince(look.Recovery.StepSince) is { } newest) return look.Close(RecoveryOutcome.Recovered, $"gets on: wrote {newest.Path}");
        return look.HasTaken(look.Times.Progress) ? look.Close(RecoveryOutcome.Recovered, $"has run for {look.Times.Progress}") : look.Wait();
    }

    // A job must never be left held, nor ended by what we asked it, nor told to start on nodes that it cannot have.
    private static RecoveryMove Undo(RecoveryLook look)
    {
        if (look.EndedWhenAsked && !look.HasTaken(look.Times.Stopping + look.CheckpointTime)) return look.TakeOff();
        if (look.Leftovers is { Count: > 0 } acts) return look.Do(acts);
        return look.MayYetEnd || look.IsBeingStopped ? look.Wait() : look.Close(look.Recovery.Outcome, look.Recovery.Why);
    }
}
