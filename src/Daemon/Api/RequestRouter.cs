using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Api;

/// <summary>Finds a request's route, asks whether its sender may have it, and turns every refusal into a problem with a hint. Agent and controller have one each.</summary>
/// <param name="routes">All that is answered.</param>
/// <param name="door">Who is let in.</param>
/// <param name="logger">Takes what failed.</param>
internal sealed partial class RequestRouter(IReadOnlyList<Route> routes, IDoorkeeper door, ILogger logger)
{
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await Answers.ProblemAsync(context, bad.StatusCode, "the request is not one that this server takes", $"{door.Manual} describes each");
        }
        catch (Exception gone) when (gone is ConnectionResetException || (gone is OperationCanceledException && context.RequestAborted.IsCancellationRequested))
        {
            // The caller has gone.
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            Log.RequestFailed(logger, context.Request.Method, context.Request.Path, failure);
            await Answers.ProblemAsync(context, StatusCodes.Status500InternalServerError, $"the {door.Server} failed to answer", "its journal has the details");
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var route = routes.FirstOrDefault(candidate => candidate.Takes(path));
        if (route is null)
        {
            var paths = string.Join(", ", routes.Where(static known => known.Method == HttpMethods.Get).Select(static known => known.Path));
            return Answers.ProblemAsync(context, StatusCodes.Status404NotFound, $"there is nothing at {path}", $"there are: {paths}");
        }

        var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        if (method != route.Method)
        {
            context.Response.Headers.Allow = route.Method == HttpMethods.Get ? "GET, HEAD" : route.Method;
            return Answers.ProblemAsync(context, StatusCodes.Status405MethodNotAllowed, $"{path} does not take {context.Request.Method}", $"use {route.Method}");
        }

        return door.Refuse(context, route) is { } refusal ? Answers.ProblemAsync(context, refusal.Status, refusal.Detail, refusal.Hint) : route.Handle(context);
    }

    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Error, "A request failed: {Method} {Path}")]
        public static partial void RequestFailed(ILogger logger, string method, string path, Exception failure);
    }
}
