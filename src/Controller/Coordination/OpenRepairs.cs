using System.Collections.Immutable;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Coordination;

/// <summary>Begins the repair of nodes that we drained and that are empty now, and brings each a step further.</summary>
internal static class OpenRepairs
{
    // Own figure: whoever gave the order waits for it. What a scheduler would not do so long is not done some day.
    private static readonly TimeSpan OrderHolds = TimeSpan.FromMinutes(10);

    public static void Advance(Desk desk)
    {
        foreach (var node in desk.State.Returns.Keys.Order(StringComparer.Ordinal)) Return(desk, node);
        foreach (var drain in desk.State.Drains.Values.Where(drain => IsRipe(desk, drain)).ToList()) Propose(desk, drain.Node);
        foreach (var repair in desk.State.Repairs.Values.Where(repair => repair.IsOpen && !IsWanted(desk, repair.Node)).ToList()) Advance(desk, repair);
    }

    /// <summary>Repairs by the site's program that nobody has overruled, by their keys.</summary>
    public static ImmutableHashSet<string> AtWork(Desk desk)
        => [.. desk.State.Repairs.Values.Where(repair => repair.Step == RepairStep.Repairing && !IsWanted(desk, repair.Node)).Select(repair => repair.Key)];

    // Only we drained it, nobody is on it, and nothing that was begun for its jobs looks at it any more.
    private static bool IsRipe(Desk desk, OurDrain drain)
        => drain is { Lifted: null, WasOut: true } && desk.State.RepairOf(drain.Node) is null && !IsWanted(desk, drain.Node)
            && desk.View.Cluster.Node(drain.Node) is { Phase: NodePhase.Drained, Reason: var reason } && reason.StartsWith(ForeignDrainGuard.Mark, StringComparison.Ordinal)
            && !desk.IsAwaited(drain.Node) && !desk.State.Moves.Any(move => move.Step < RecoveryStep.Detaching && move.Targets.Contains(drain.Node));

    private static void Propose(Desk desk, string node)
    {
        var open = desk.State.Open.Where(incident => incident.Node == node && Places.Asks(incident)).ToList();
        if (open.MaxBy(incident => incident.Actions.Repair) is not { } gravest) return;
        var (last, told) = (desk.State.Repairs.GetValueOrDefault(node), desk.View.Nodes.GetValueOrDefault(node));
        Write(desk, new()
        {
            Node = node,
            Incident = gravest.Id,
            Number = (last?.Number ?? 0) + 1,
            BeganIn = desk.State.Epoch,
            Epoch = desk.State.Epoch,
            Action = gravest.Actions.Repair,
            Device = gravest.Device.Value,
            Rules = [.. open.Select(incident => incident.Rule).Distinct()],
            Cards = told?.Cards.Count() ?? 0,
            BootId = told?.BootId ?? "",
            Relapses = last?.Relapses ?? 0,
            StepSince = desk.Now,
            Why = $"{gravest.Actions.Repair} of {gravest.Device.Value} is wanted",
        });
    }

    private static void Advance(Desk desk, NodeRepair before)
    {
        if (desk.State.Incidents.GetValueOrDefault(before.Incident) is not { IsOpen: true } incident)
        {
            Write(desk, (before with { Outcome = RepairOutcome.Gone }).At(RepairStep.Closed, desk.Now, "its trouble was closed"));
            return;
        }

        var repair = Charged(desk, before);
        var move = RepairMachine.Next(repair, new(desk.View.Cluster, Proof(desk, repair.Node), desk.View.Repairs(repair.Key)), desk.View.Settings.Repair, desk.Now);
        if (Refused(desk, incident, repair, move) is { } waiting)
        {
            // Its words may have other figures at each look, which is no news.
            if ((waiting.Step, waiting.Guard, waiting.AwaitsApproval) != (before.Step, before.Guard, before.AwaitsApproval)) Write(desk, waiting);
            return;
        }

        // Who handed it over to people did so for good.
        var isPeoples = (repair.Step, move.After.Step) == (RepairStep.People, RepairStep.People);
        var after = move.After with { Guard = isPeoples ? repair.Guard : "", AwaitsApproval = false };
        if (repair.Guard.Length > 0 && !isPeoples && after.Step == repair.Step) after = after with { StepSince = desk.Now }; // the time in which it had to wait is not charged
        if (after != before) Write(desk, after, move.Acts);
        else if (!move.Acts.IsEmpty) desk.Do(repair.Incident, move.Acts);
        Follow(desk, repair, after);
    }

    // To wait, to hand over to people, to give way and to let go of what we kept needs nobody's leave.
    private static NodeRepair? Refused(Desk desk, Incident incident, NodeRepair repair, RepairMove move)
    {
        var isDeed = move.Acts.Any(act => act is not SchedulerAct.DropHold) || (move.After.Step != repair.Step && move.After.Step is not (RepairStep.People or RepairStep.Closed));
        if (!isDeed) return null;
        if (repair.Step == RepairStep.Proposed && desk.State.RepairAnswers.GetValueOrDefault(incident.Id) is { Kind: OrderKind.RejectRepair } no)
            return repair.At(RepairStep.People, desk.Now, $"waits for people: {no.Who} rejected {repair.Action}: {no.Why}");
        // Taken out of service again it is drained as any other node.
        var isRelapse = (repair.Step, move.After.Step) == (RepairStep.Probation, RepairStep.Withdrawing);
        if (isRelapse && desk.Cluster.Node(repair.Node) is not { WouldTakeWork: true }) return null; // that was decided already
        if (isRelapse) return GuardBook.Refusal(desk, incident, null, Alternative.DrainAndLetEnd) is { } kept ? repair with { Guard = kept.Guard, Why = kept.Why } : null;
        // That it is to be taken out was decided, as a drain: only who takes that back may stop it.
        if (repair.Step == RepairStep.Withdrawing) return GuardBook.Withdrawal(desk, incident, null, Alternative.DrainAndLetEnd) is { } back ? repair with { Guard = back.Guard, Why = back.Why } : null;
        if (GuardBook.OfRepair(desk, incident, isUnderWay: repair.Step != RepairStep.Proposed) is not { } refusal) return null;
        return refusal.Guard == "repair-budget"
            ? repair.At(RepairStep.People, desk.Now, $"waits for people: {refusal.Why}") with { Guard = refusal.Guard }
            : repair with { Guard = refusal.Guard, Why = refusal.Why, AwaitsApproval = repair.Step == RepairStep.Proposed && GuardBook.IsForApproval(desk, refusal, isRepair: true) };
    }

    // Whose drain it is follows the node: given back it is over, taken out again it is a new one.
    private static void Follow(Desk desk, NodeRepair before, NodeRepair after)
    {
        if (after.Step == before.Step) return;
        // Before anything is decided about what stood open with it.
        if (after.Outcome is RepairOutcome.Returned or RepairOutcome.OtherTrouble) IncidentBook.Settle(desk, after.Node);
        if (after.Step == RepairStep.Probation && desk.State.Drains.GetValueOrDefault(after.Node) is { } drain)
            desk.Write(new JournalEntry.OfDrain(drain with { Returned = desk.Now }) { At = desk.Now });
        if (after.Step == RepairStep.Withdrawing)
            desk.Write(new JournalEntry.OfDrain(new() { Node = after.Node, Incident = after.Incident, Reason = after.OutReason, At = desk.Now }) { At = desk.Now });
    }

    // A step is charged as one of a move; of its probation nothing is taken away by a start of ours.
    private static NodeRepair Charged(Desk desk, NodeRepair repair)
    {
        var isTimed = repair.Step is not (RepairStep.Probation or RepairStep.People or RepairStep.Proposed);
        if (repair.Epoch != desk.State.Epoch) return repair with { Epoch = desk.State.Epoch, StepSince = isTimed ? desk.Now : repair.StepSince };
        return isTimed && desk.View.NotCounted != TimeSpan.Zero ? repair with { StepSince = repair.StepSince + desk.View.NotCounted } : repair;
    }

    private static NodeProof Proof(Desk desk, string name)
    {
        if (desk.View.Nodes.GetValueOrDefault(name) is not { IsSilent: false, IsAwaited: false, InMaintenance: false, IsJudged: true } node) return NodeProof.None with { IsGone = desk.IsGone(name) };
        return new()
        {
            IsHeard = true,
            BootId = node.BootId,
            Cards = node.Cards.Count(),
            LacksCards = node.LacksCards,
            Troubles = [.. node.Devices.Where(device => device.Actions.Work >= WorkAction.DrainWhenIdle || device.State == HealthState.Failed).Select(device => new StandingTrouble(device.Device.Value, device.Rule, device.Actions.Repair))],
            Unknown = [.. node.Devices.Where(device => device.State == HealthState.Unknown).Select(device => device.Device.Value)],
        };
    }

    /// <summary>A person wants the node back: it is given back where the drain is ours alone, and is from then on as if the person had done it by hand.</summary>
    private static void Return(Desk desk, string node)
    {
        if (!IsWanted(desk, node)) return;
        var (repair, drain) = (desk.State.RepairOf(node), desk.State.Drains.GetValueOrDefault(node));
        var incident = repair?.Incident ?? drain?.Incident ?? 0;
        switch (desk.View.Cluster.Node(node))
        {
            case { Phase: NodePhase.InService }:
                if (repair is not null) Write(desk, (repair with { Outcome = RepairOutcome.Overruled, Returned = repair.Returned ?? desk.Now }).At(RepairStep.Closed, desk.Now, "returned by somebody's order"));
                desk.Write(new JournalEntry.OfDrain((drain ?? new() { Node = node, Incident = incident, Reason = "", At = desk.Now }) with { Lifted = desk.Now, WasOut = true }) { At = desk.Now });
                break;
            case { IsDrained: true, Phase: not NodePhase.Maintenance, Reason: var reason } when reason.StartsWith(ForeignDrainGuard.Mark, StringComparison.Ordinal):
                desk.Do(incident, new SchedulerAct.PutBack(node));
                break;
        }
    }

    private static bool IsWanted(Desk desk, string node) => desk.State.Returns.TryGetValue(node, out var wanted) && desk.Now - wanted.At <= OrderHolds;

    private static void Write(Desk desk, NodeRepair repair, params ImmutableArray<SchedulerAct> acts) => desk.Write(new JournalEntry.OfRepair(repair) { At = desk.Now }, acts);
}
