using Forewarn.Daemon.Api;
using Forewarn.Daemon.Fleet.Views;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Fleet;

/// <summary>What can be asked of the fleet without changing anything.</summary>
internal sealed class FleetLook(FleetKeeper keeper, Func<string?> stuck)
{
    /// <summary>What stands before a node's name.</summary>
    public const string NodePath = "/v1/fleet/";

    // Own figure: what a person reads of one node; all of it is in the agent's own store.
    private const int MostTransitions = 50;

    public Task HealthAsync(HttpContext context) => stuck() is { } reason
        ? Answers.TextAsync(context, StatusCodes.Status503ServiceUnavailable, reason)
        : Answers.TextAsync(context, StatusCodes.Status200OK, "ok");

    /// <summary>A fleet of which nothing was heard yet is no fleet to decide for; one that has none at all is ready.</summary>
    public Task ReadyAsync(HttpContext context)
    {
        var (state, now) = (keeper.State, keeper.Now);
        var awaited = state.Nodes.Values.Count(node => !state.IsCurrent(node, now) && !state.IsSilent(node, now));
        return awaited > 0
            ? Answers.TextAsync(context, StatusCodes.Status503ServiceUnavailable, FormattableString.Invariant($"waiting for {awaited} of {state.Nodes.Count} nodes to be heard"))
            : Answers.TextAsync(context, StatusCodes.Status200OK, "ok");
    }

    public Task FleetAsync(HttpContext context)
        => Answers.JsonAsync(context, FleetAnswers.Of(keeper.State, keeper.Now), FleetApiJson.Plain.FleetAnswer);

    public async Task NodeAsync(HttpContext context)
    {
        var name = context.Request.Path.Value![NodePath.Length..];
        var state = keeper.State;
        if (state.Node(name) is { } node)
            await Answers.JsonAsync(context, FleetAnswers.Of(state, node, await keeper.NewestAsync(name, MostTransitions), keeper.Now), FleetApiJson.Plain.FleetNodeAnswer);
        else
            await Answers.ProblemAsync(context, StatusCodes.Status404NotFound, $"no agent of a node \"{name}\" was ever heard", "GET /v1/fleet lists the nodes");
    }
}
