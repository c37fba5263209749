using System.Collections.Immutable;
using Forewarn.Controller.Incidents;
using Forewarn.Model;

namespace Forewarn.Controller.Coordination;

/// <summary>Opens, follows and closes troubles.</summary>
internal static class IncidentBook
{
    /// <summary>The rule of a node that agent and scheduler have both lost: no agent can tell of it.</summary>
    public const string Gone = "node-gone";

    // The work is lost, and somebody has to see what became of the node.
    private static readonly RecommendedActions Lost = new(WorkAction.StopNow, RepairAction.InspectHardware);

    public static void Keep(Desk desk)
    {
        foreach (var incident in desk.State.Open.ToList()) Miss(desk, incident);
        var open = desk.State.Open.GroupBy(incident => (incident.Node, incident.Device)).ToDictionary(group => group.Key, group => group.First());
        // Of all others there is nothing to write, and they are nearly all.
        var followed = open.Keys.Select(key => key.Node).ToHashSet(StringComparer.Ordinal);
        foreach (var node in desk.View.Nodes.Values.Where(node => node.IsInTrouble || node.IsSilent || followed.Contains(node.Name)).OrderBy(node => node.Name, StringComparer.Ordinal))
        {
            if (node.IsAwaited) continue;
            if (node.IsSilent) Silent(desk, node, open);
            else if (!node.InMaintenance) Heard(desk, node, open);
        }
    }

    private static void Heard(Desk desk, NodeSight node, Dictionary<(string, DeviceId), Incident> open)
    {
        foreach (var device in node.Devices.Where(device => device.IsTrouble))
        {
            if (open.Remove((node.Name, device.Device), out var known)) Update(desk, known, device);
            else Open(desk, node.Name, device);
        }

        foreach (var incident in open.Values.Where(incident => incident.Node == node.Name))
        {
            var isOurs = desk.State.Drains.GetValueOrDefault(node.Name) is { Lifted: null };
            if (!IsOver(node, incident)) Doubt(desk, incident);
            else if (!isOurs && desk.State.RepairOf(node.Name) is null && desk.State.Moves.All(move => move.Incident != incident.Id)) Write(desk, incident with { Closed = desk.Now });
        }
    }

    /// <summary>The node is in service, and its repair over: what its agent tells to be well is over as well.</summary>
    public static void Settle(Desk desk, string name)
    {
        if (desk.View.Nodes.GetValueOrDefault(name) is not { IsSilent: false, IsAwaited: false } node) return;
        foreach (var incident in desk.State.Open.Where(incident => incident.Node == name && IsOver(node, incident) && !node.Devices.Any(device => device.Device == incident.Device && device.IsTrouble)).ToList())
            Write(desk, incident with { Closed = desk.Now });
    }

    /// <summary>
    /// What its agent tells to be well once it has judged the node, and a card that is not among those in all of the scheduler's places any more. An agent that was started
    /// anew finds its devices one after the other: what it does not tell of yet is not over, or what people said of it would be lost.
    /// </summary>
    private static bool IsOver(NodeSight node, Incident incident)
    {
        if (!node.IsJudged) return false;
        if (node.Devices.FirstOrDefault(device => device.Device == incident.Device) is { } told) return told.State != HealthState.Unknown;
        return node.Cards.Any() && node.Cards.All(static card => card is { Card: >= 0, State: not HealthState.Unknown });
    }

    // What it told last is not known to be so any more; and nobody says that it is well.
    private static void Silent(Desk desk, NodeSight node, Dictionary<(string Node, DeviceId Device), Incident> open)
    {
        foreach (var incident in open.Values.Where(incident => incident.Node == node.Name)) Doubt(desk, incident);
        // One that we reboot ourselves is away for a while.
        if (desk.State.RepairOf(node.Name) is { IsAtWork: true }) return;
        if (desk.IsGone(node.Name) && !open.Values.Any(incident => incident.Node == node.Name && incident.Rule == Gone) && !open.ContainsKey((node.Name, DeviceId.Node)))
            Open(desk, node.Name, new() { Device = DeviceId.Node, State = HealthState.Unknown, Rule = Gone, Actions = Lost, Probability = FailureProbability.Certain });
    }

    // A node that was taken out of the cluster for good tells nothing more, and nobody would ever say that it is well.
    private static void Miss(Desk desk, Incident incident)
    {
        if (desk.IsAwaited(incident.Node)) return;
        var isThere = desk.View.Cluster.Node(incident.Node) is not null || desk.View.Nodes.GetValueOrDefault(incident.Node) is { IsSilent: false };
        if (isThere && incident.MissingSince is not null) Write(desk, incident with { MissingSince = null });
        else if (!isThere && incident.MissingSince is null) Write(desk, incident with { MissingSince = desk.Now });
        else if (!isThere && desk.Now - incident.MissingSince >= desk.View.Settings.GoneAfter && desk.State.Moves.All(move => move.Incident != incident.Id))
            Write(desk, incident with { Closed = desk.Now, IsGone = true });
    }

    private static void Doubt(Desk desk, Incident incident)
    {
        if (incident.State != HealthState.Unknown) Write(desk, incident with { State = HealthState.Unknown });
    }

    private static void Open(Desk desk, string node, DeviceSight device)
    {
        var incident = new Incident
        {
            Id = desk.State.LastIncident + 1,
            Node = node,
            Device = device.Device,
            Card = device.Card,
            Opened = desk.Now,
            Rule = device.Rule,
            Actions = device.Actions,
            State = device.State,
            Probability = device.Probability,
            Code = device.Code,
            FailedAt = device.State == HealthState.Failed ? desk.Now : null,
        };
        Write(desk, Hit(desk, incident, device));
    }

    // A scheduler that requeues by itself, and a job that ends of it, are quicker than a look: who was there a moment ago was hit as well.
    private static Incident Hit(Desk desk, Incident incident, DeviceSight device)
    {
        var told = incident with { Jobs = [.. incident.Jobs, .. device.Jobs] };
        var holders = desk.Holders(told).Concat(desk.View.Before is { } before ? desk.Holders(told, before) : []).Concat(device.State == HealthState.Failed ? Casualties.Lately(desk, told) : []).Select(job => job.Id);
        return told with { Jobs = [.. told.Jobs.Concat(holders).Distinct().Order(StringComparer.Ordinal)] };
    }

    private static void Update(Desk desk, Incident incident, DeviceSight device)
    {
        var chance = IsNear(device.Probability, incident.Probability) ? incident.Probability : device.Probability;
        var now = incident with { Card = device.Card, State = device.State, Rule = device.Rule, Actions = device.Actions, Probability = chance, Code = device.Code };
        // Who is Failed again a moment later has failed once: what its jobs ended of is not to be younger than their end.
        var fails = device.State == HealthState.Failed
            && (incident.FailedAt is not { } failed || (incident.State is not (HealthState.Failed or HealthState.Unknown) && desk.Now - failed > Casualties.Later));
        if (fails) now = Hit(desk, now with { FailedAt = desk.Now }, device);
        if (now != incident) Write(desk, now);
    }

    // A chance moves with each report of a card at work. One that is a tenth more or less (own figure) decides nothing else, and is not worth a line of the journal.
    private static bool IsNear(FailureProbability one, FailureProbability other)
        => IsNear(one.OneHour, other.OneHour) && IsNear(one.OneDay, other.OneDay) && IsNear(one.SevenDays, other.SevenDays);

    private static bool IsNear(double one, double other) => Math.Abs(one - other) <= Math.Max(one, other) / 10;

    private static void Write(Desk desk, Incident incident) => desk.Write(new JournalEntry.OfIncident(incident) { At = desk.Now });
}
