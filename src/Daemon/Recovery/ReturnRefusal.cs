using Forewarn.Controller.Coordination;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Recovery.Views;
using Forewarn.Model;

namespace Forewarn.Daemon.Recovery;

/// <summary>Why a node is not given back at once because somebody wants it.</summary>
/// <param name="Why">In one line.</param>
/// <param name="Hint">What would change that.</param>
internal sealed record ReturnRefusal(string Why, string Hint)
{
    private const string Force = "--force returns it all the same";

    /// <summary>Null when nothing is against it. What others drained is theirs, and no word of ours gives it back.</summary>
    public static ReturnRefusal? Of(ControllerState state, ClusterSight? sight, FleetNode? told, ReturnRequest request)
    {
        if (sight is null) return new("the scheduler was not read yet", "ask again in a moment; GET /v1/incidents says what is in its way");
        if (sight.Node(request.Node) is not { } node) return new($"the scheduler tells of no node \"{request.Node}\"", "GET /v1/fleet lists the nodes");
        var repair = state.RepairOf(node.Name);
        if (node.Phase == NodePhase.InService && repair is null) return new($"{node.Name} is in service", "there is nothing to give back");
        if (node.IsOut && !node.IsDrained) return new($"{node.Name} is {node.Phase}, and was not drained by us", "see to it with the scheduler's own commands");
        if (node.IsOut && !node.Reason.StartsWith(ForeignDrainGuard.Mark, StringComparison.Ordinal)) return new($"{node.Name} was drained by others: {node.Reason}", "whoever drained it gives it back");
        if (node.Phase == NodePhase.Maintenance) return new($"{node.Name} is being rebooted, or people work at it", "ask again when it is back");
        if (request.Force) return null;
        if (repair is { IsAtWork: true }) return new($"{node.Name} is being repaired: {repair.Why}", Force);
        var standing = told is null ? [] : (told.Report.Itself is { } itself ? told.Devices.Prepend(itself) : told.Devices)
            .Where(static device => device.Actions.Work >= WorkAction.DrainWhenIdle || device.State == HealthState.Failed).Select(static device => $"{device.Rule} on {device.Id}").ToList();
        return standing.Count > 0 ? new($"{node.Name} is not well: {string.Join(", ", standing)}", Force) : null;
    }
}
