using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Api;

/// <summary>Finds a request's route, asks whether its sender may have it, and turns every refusal into a problem with a hint.</summary>
internal sealed partial class RequestRouter(
    IReadOnlyList<Route> routes, OperatorRule operators, Func<Socket, PeerCredentials> credentials, string socket, ILogger logger)
{
    private const string Versioned = "/v1/";

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await Answers.ProblemAsync(
                context, bad.StatusCode, "the request is not one that this server takes", "docs/api.md describes each");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            Log.RequestFailed(logger, context.Request.Method, context.Request.Path, failure);
            await Answers.ProblemAsync(
                context, StatusCodes.Status500InternalServerError, "the agent failed to answer", "its journal has the details");
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path.StartsWith(Versioned, StringComparison.Ordinal) && !IsFromHere(context))
        {
            return Answers.ProblemAsync(
                context,
                StatusCodes.Status403Forbidden,
                $"{Versioned}* is answered to this machine only, and {context.Connection.RemoteIpAddress} is another",
                $"ask on the node itself, from loopback or through {socket}; /metrics, /healthz and /readyz are open");
        }

        var route = routes.FirstOrDefault(candidate => candidate.Takes(path));
        if (route is null)
        {
            var paths = string.Join(", ", routes.Where(known => known.Method == HttpMethods.Get).Select(known => known.Path));
            return Answers.ProblemAsync(context, StatusCodes.Status404NotFound, $"there is nothing at {path}", $"there are: {paths}");
        }

        var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        if (method != route.Method)
        {
            context.Response.Headers.Allow = route.Method == HttpMethods.Get ? "GET, HEAD" : route.Method;
            return Answers.ProblemAsync(
                context, StatusCodes.Status405MethodNotAllowed, $"{path} does not take {context.Request.Method}", $"use {route.Method}");
        }

        return route.Audience == Audience.Operator && !MayOperate(context, path, out var refusal)
            ? Answers.ProblemAsync(
                context,
                StatusCodes.Status403Forbidden,
                refusal,
                $"as root or a member of the group {OperatorRule.Group}: forewarn release|resume|clear|maintenance, or curl --unix-socket {socket}")
            : route.Handle(context);
    }

    private static bool IsFromHere(HttpContext context) => Peer.UnixSocket(context) is not null || Peer.IsLoopback(context);

    private bool MayOperate(HttpContext context, string path, out string refusal)
    {
        if (Peer.UnixSocket(context) is not { } connection)
        {
            refusal = $"{path} changes the agent's state and is answered on its Unix socket alone";
            return false;
        }

        var peer = credentials(connection);
        if (!operators.Allows(peer))
        {
            refusal = string.Create(CultureInfo.InvariantCulture, $"uid {peer.Uid} may read here, and not change the agent's state");
            Log.OperationRefused(logger, path, peer.Pid, peer.Uid);
            return false;
        }

        Log.OperationAsked(logger, path, context.Request.QueryString.Value ?? "", ProcessName.Of(peer.Pid), peer.Uid);
        context.Features.Set(peer);
        refusal = "";
        return true;
    }
}
