using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Forewarn.Daemon.Fleet;

/// <summary><c>POST /v1/reports</c>: who sends, what they send, and the answer. Whatever is wrong is counted, named, and told to the sender; nothing of it is fatal.</summary>
internal sealed partial class ReportEndpoint(FleetKeeper keeper, Callers callers, ILogger logger, TimeProvider time)
{
    // Own figure: an agent that is refused tries again within seconds, and a line a minute says as much.
    private static readonly TimeSpan SayAgainAfter = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ReportRefusal, long> _said = new();
    private readonly ReportRate _rate = new(time);

    public async Task HandleAsync(HttpContext context)
    {
        // Before a byte of the body is looked at.
        if (callers.Node(context) is not { } sender)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await RefuseAsync(context, ReportRefusal.Unauthenticated, null, "nothing proves which node this is: its token is missing or wrong, and no certificate was shown");
            return;
        }

        if (_rate.Refuse(sender) is { } wait)
        {
            context.Response.Headers[HeaderNames.RetryAfter] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await RefuseAsync(context, ReportRefusal.TooOften, sender, $"node {sender} reports more than {ReportRate.Most} times in a minute");
            return;
        }

        var read = await ReportBody.ReadAsync(context.Request, context.RequestAborted);
        if (read.Report is not { } report) await RefuseAsync(context, read.Refusal, sender, read.Detail);
        else if (report.Node != sender) await RefuseAsync(context, ReportRefusal.OtherNode, sender, $"the report is of node {report.Node}, and its sender is {sender}");
        else if (await keeper.TakeAsync(report) is not { } taken) await RefuseAsync(context, ReportRefusal.TooManyNodes, sender, "there are more nodes than can be held");
        else if (taken.Change.IsRefused) await RefuseAsync(context, Reason(taken.Change.Standing), sender, Detail(taken.Change.Standing, report));
        else await AnswerAsync(context, taken.Reply);
    }

    private static async Task AnswerAsync(HttpContext context, ReportReply reply)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(reply, FleetJson.Default.ReportReply);
        (context.Response.ContentType, context.Response.ContentLength) = ("application/json", body.Length);
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private Task RefuseAsync(HttpContext context, ReportRefusal reason, string? sender, string detail)
    {
        keeper.Meter.CountRefused(reason);
        var isSaidNow = time.GetTimestamp();
        if (!_said.TryGetValue(reason, out var last) || time.GetElapsedTime(last, isSaidNow) >= SayAgainAfter)
        {
            _said[reason] = isSaidNow;
            Log.Refused(logger, detail, sender ?? "unknown", context.Connection.RemoteIpAddress?.ToString() ?? "the socket");
        }

        if (reason == ReportRefusal.TooManyNodes) context.Response.Headers[HeaderNames.RetryAfter] = "60";
        return Answers.ProblemAsync(context, Status(reason), detail, Hint(reason));
    }

    private static ReportRefusal Reason(ReportStanding standing) => standing switch
    {
        ReportStanding.Replayed => ReportRefusal.Replayed,
        ReportStanding.Conflicting => ReportRefusal.Conflicting,
        _ => ReportRefusal.Contested,
    };

    private static string Detail(ReportStanding standing, AgentReport report) => standing switch
    {
        ReportStanding.Replayed => $"of the run of node {report.Node} to which report {report.Sequence} belongs a later one was taken",
        ReportStanding.Conflicting => $"report {report.Sequence} of node {report.Node} was taken, and said something else",
        _ => $"an agent that was started later speaks for node {report.Node}",
    };

    private static int Status(ReportRefusal reason) => reason switch
    {
        ReportRefusal.Unauthenticated => StatusCodes.Status401Unauthorized,
        ReportRefusal.OtherNode => StatusCodes.Status403Forbidden,
        ReportRefusal.Contested or ReportRefusal.Replayed or ReportRefusal.Conflicting => StatusCodes.Status409Conflict,
        ReportRefusal.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ReportRefusal.TooManyNodes => StatusCodes.Status503ServiceUnavailable,
        ReportRefusal.TooOften => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status400BadRequest,
    };

    private static string Hint(ReportRefusal reason) => reason switch
    {
        ReportRefusal.Unauthenticated => "forewarn fleet token NODE, on the controller, prints a node's token",
        ReportRefusal.OtherNode => "each node has a token of its own, for the name under which it reports",
        ReportRefusal.Contested => "two agents report under one name, or one with an old clock: stop one, or wait until the other is silent",
        ReportRefusal.Replayed or ReportRefusal.Conflicting => "no agent sends one again that has made a later one: look who else has the node's token or a copy of its disk; a restart of the agent begins anew",
        ReportRefusal.TooOften => "no agent does: look who has the node's token; a new site key makes all tokens void",
        ReportRefusal.Version => "install agents and controller of versions that are next to each other",
        _ => "docs/fleet.md describes a report",
    };

    private static partial class Log
    {
        [LoggerMessage(EventId = 505, Level = LogLevel.Warning, Message = "a report was refused: {Why} [node `{Node}` address `{Address}`]")]
        public static partial void Refused(ILogger logger, string why, string node, string address);
    }
}
