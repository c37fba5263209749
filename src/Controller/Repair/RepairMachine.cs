using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Repair;

/// <summary>
/// Repairs one node and gives it back, a step at a look, as a move is made: it compares what it wants with what the cluster shows and asks for the difference, so that
/// it can be killed anywhere. Whatever is not certain leaves the node out of service, for people.
/// </summary>
public static class RepairMachine
{
    // Killed in it we do not know how far it came: it is begun once more, and no more.
    private const int MostCommands = 2;

    /// <summary>The next step, or the same when there is nothing to do but wait.</summary>
    public static RepairMove Next(NodeRepair repair, RepairSight sight, RepairSettings settings, DateTimeOffset now)
    {
        var look = new RepairLook(repair, sight, settings, now);
        return Interruption(look) ?? repair.Step switch
        {
            RepairStep.Proposed => Begin(look),
            RepairStep.Repairing => Repair(look),
            RepairStep.Proving => Prove(look),
            RepairStep.Admitting => Admit(look),
            RepairStep.Validating => Validate(look),
            RepairStep.Probation => Watch(look),
            RepairStep.Withdrawing => Withdraw(look),
            _ => look.Wait(),
        };
    }

    // Who puts the node into service, or drains it for reasons of his own, gave an order; what we kept for ourselves is cleared away as what nobody wants any more.
    private static RepairMove? Interruption(RepairLook look)
    {
        if (look.Repair.Step == RepairStep.Closed || look.Node is null) return look.Wait();
        if (look.ForeignReason is { } reason) return look.Close(RepairOutcome.Overruled, $"drained by others: {reason}");
        var isByOthers = look.Node.Phase == NodePhase.InService && (look.Repair.Step is RepairStep.Proposed or RepairStep.People || look.Repair.IsAtWork || (look.Repair.Step == RepairStep.Admitting && !look.HasHold));
        return isByOthers ? look.Close(RepairOutcome.Overruled, "put back into service by somebody, which is an order") : null;
    }

    private static RepairMove Begin(RepairLook look)
    {
        if (look.Repair.Action >= RepairAction.InspectFabric) return look.Go(RepairStep.People, $"waits for people: {look.Repair.Action} of {look.Repair.Device} ({string.Join(", ", look.Repair.Rules)})");
        if (!look.IsEmpty) return look.Wait();
        var begun = look with { Repair = look.Repair with { Began = look.Now } };
        return look.Repair.Action == RepairAction.None ? begun.Go(RepairStep.Proving, "asks for no repair") : begun.Go(RepairStep.Repairing, $"{look.Repair.Action} of {look.Repair.Device}");
    }

    private static RepairMove Repair(RepairLook look)
    {
        if (look.HasTaken(look.Settings.Repair)) return look.Go(RepairStep.People, $"waits for people: {look.Repair.Action} was not done within {look.Settings.Repair}");
        return look.Settings.Command.Length > 0 ? Command(look) : Reboot(look);
    }

    private static RepairMove Command(RepairLook look)
    {
        var (repair, settings) = (look.Repair, look.Settings);
        if (look.Sight.Run is { HasEnded: true, Trouble: var trouble })
            return trouble.Length > 0 ? look.Go(RepairStep.People, $"waits for people: the repair command failed: {trouble}") : look.Go(RepairStep.Proving, "the repair command ended well");
        if (look.Sight.Run is not null || !look.IsEmpty) return look.Wait();
        var act = new SchedulerAct.RunRepair(repair.Key, settings.Command, repair.Node, repair.Device, repair.Action, settings.Repair);
        // In this term it was refused, or it would be known.
        if (repair.CommandEpoch == repair.Epoch && repair.Commands > 0) return look.Do(act);
        return repair.Commands >= MostCommands
            ? look.Go(RepairStep.People, "waits for people: the repair command was begun twice, and nobody knows how it ended")
            : new(repair with { Commands = repair.Commands + 1, CommandEpoch = repair.Epoch }, [act]);
    }

    private static RepairMove Reboot(RepairLook look)
    {
        if (!look.IsEmpty) return look.Wait();
        return look.IsRebootAsked ? look.Go(RepairStep.Proving, "rebooted, as its scheduler has it") : look.Do(new SchedulerAct.Reboot(look.Repair.Node, look.Repair.RebootReason));
    }

    private static RepairMove Prove(RepairLook look)
    {
        if (look.Hands is { } trouble) return look.Go(RepairStep.People, $"waits for people: {trouble.Repair} of {trouble.Device} ({trouble.Rule})");
        if (look.Missing is { Length: > 0 } missing)
            return look.HasTaken(look.Settings.Proving) ? look.Go(RepairStep.People, $"waits for people: {look.Settings.Proving} after the repair {missing}") : look.Wait();
        if (look.Settings.Validation.Length == 0) return look.Go(RepairStep.People, "waits for people: repaired, and no ValidationCommand shows that it computes");
        if (look.IsVacant) return look.Go(RepairStep.Admitting, "repaired, as its agent tells");
        return look.HasTaken(look.Settings.Proving) ? look.Go(RepairStep.People, $"waits for people: repaired, and its scheduler holds it to be {look.Node!.Phase}") : look.Wait();
    }

    // Kept for us before it takes work: from the first moment on nobody else starts there.
    private static RepairMove Admit(RepairLook look)
    {
        if (look.HasHold && look.Node!.Phase == NodePhase.InService) return look.Go(RepairStep.Validating, "in service for the validation alone");
        if (look.HasTaken(look.Settings.Securing)) return look.Go(RepairStep.Withdrawing, "it could not be kept for the validation in time");
        if (!look.HasHold) return look.Do(new SchedulerAct.Fence(look.Repair.Hold, look.Repair.Node, look.Settings.User));
        return look.Node!.IsDrained ? look.Do(new SchedulerAct.PutBack(look.Repair.Node)) : look.Wait();
    }

    private static RepairMove Validate(RepairLook look)
    {
        var (repair, settings) = (look.Repair, look.Settings);
        if (look.Sight.Proof is { IsHeard: true, Troubles: [var trouble, ..] }) return look.Go(RepairStep.Withdrawing, $"{trouble.Rule} on {trouble.Device} while it was validated");
        if (settings.Validation.Length == 0) return look.Go(RepairStep.Withdrawing, "no ValidationCommand shows any more that it computes");
        if (!look.HasHold) return look.Go(RepairStep.Withdrawing, "what kept it for the validation alone was taken away");
        switch (look.Job)
        {
            case { Phase: JobPhase.Ended, EndedWell: true } job:
                // Between two looks it may have ended: whom the agent has not judged since proves nothing.
                return look.Missing.Length > 0 && !look.HasTaken(settings.Validate + settings.Proving) ? look.Wait()
                    : look.Missing is { Length: > 0 } missing ? look.Go(RepairStep.Withdrawing, $"validated, and {missing}")
                    : new((repair with { Job = job.Id, Returned = look.Now }).At(RepairStep.Probation, look.Now, $"validated by job {job.Id}"), []);
            case { Phase: JobPhase.Ended } job:
                return look.Go(RepairStep.Withdrawing, $"the validation failed: job {job.Id}");
            case { Phase: JobPhase.Cancelled } job:
                return look.Go(RepairStep.Withdrawing, $"the validation was cancelled, or took more than {settings.Validate}: job {job.Id}");
            case null when look.Node!.Phase == NodePhase.InService && !look.HasTaken(settings.Validate):
                var partition = settings.Partition.Length > 0 ? settings.Partition : look.Node.Partitions.FirstOrDefault() ?? "";
                return look.Do(new SchedulerAct.Validate(repair.JobName, repair.Hold, repair.Node, settings.User, partition, settings.Validation, repair.Device, repair.Action, settings.Validate));
            case { } job when repair.Job != job.Id:
                return new(repair with { Job = job.Id }, []);
            default:
                return look.HasTaken(settings.Validate + settings.Securing) ? look.Go(RepairStep.Withdrawing, $"the validation did not end within {settings.Validate}") : look.Wait();
        }
    }

    private static RepairMove Watch(RepairLook look)
    {
        if (look.HasHold) return look.Do(new SchedulerAct.DropHold(look.Repair.Hold));
        var relapsed = look with { Repair = look.Repair with { Relapses = look.Repair.Relapses + 1 } };
        // It would get work as soon as it is back.
        if (look.Sight.Proof.IsGone) return relapsed.Go(RepairStep.Withdrawing, "agent and scheduler have both lost it within its probation");
        var troubles = look.Sight.Proof.IsHeard ? look.Sight.Proof.Troubles : [];
        if (troubles.FirstOrDefault(one => look.Repair.Rules.Contains(one.Rule)) is { } same)
        {
            return relapsed.Go(RepairStep.Withdrawing, FormattableString.Invariant($"{same.Rule} again, {look.Now - look.Repair.StepSince:d\\.hh\\:mm\\:ss} after it was back (relapse {relapsed.Repair.Relapses})"));
        }

        if (troubles is [var other, ..]) return look.Close(RepairOutcome.OtherTrouble, $"{other.Rule} on {other.Device} within its probation");
        return look.HasTaken(look.Settings.Probation) && look.Sight.Proof is { IsHeard: true, Unknown.IsEmpty: true } && look.Node!.Phase == NodePhase.InService
            ? look.Close(RepairOutcome.Returned, $"back in service, and well for {look.Settings.Probation}") : look.Wait();
    }

    private static RepairMove Withdraw(RepairLook look)
    {
        if (look.Node!.WouldTakeWork) return look.Do(new SchedulerAct.TakeOut(look.Repair.Node, look.Repair.OutReason));
        if (look.Job is { Phase: JobPhase.Running or JobPhase.Pending or JobPhase.Held or JobPhase.Suspended } job) return look.Do(new SchedulerAct.EndOwn(job.Address));
        return look.HasHold ? look.Do(new SchedulerAct.DropHold(look.Repair.Hold)) : look.Go(RepairStep.People, $"waits for people: {look.Repair.Why}");
    }
}
