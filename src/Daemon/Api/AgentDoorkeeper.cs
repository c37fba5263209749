using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Api;

/// <summary>The agent tells this machine everything, everybody else its metrics, and is changed through its socket.</summary>
/// <param name="operators">Who may change its state.</param>
/// <param name="socket">Where to ask instead.</param>
internal sealed class AgentDoorkeeper(OperatorDoor operators, string socket) : IDoorkeeper
{
    public string Server => "agent";

    public string Manual => "docs/api.md";

    public Refusal? Refuse(HttpContext context, Route route) => route.Audience switch
    {
        Audience.Anyone => null,
        _ when Peer.UnixSocket(context) is null && !Peer.IsLoopback(context) => new(
            StatusCodes.Status403Forbidden,
            $"/v1/* is answered to this machine only, and {context.Connection.RemoteIpAddress} is another",
            $"ask on the node itself, from loopback or through {socket}; /metrics, /healthz and /readyz are open"),
        Audience.Operator when operators.Refuse(context) is { } why => new(
            StatusCodes.Status403Forbidden, why, $"as root or a member of the group {OperatorRule.Group}: forewarn release|resume|clear|maintenance, or curl --unix-socket {socket}"),
        _ => null,
    };
}
