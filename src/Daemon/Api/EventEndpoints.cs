using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Api;

/// <summary>What happened: as a list, and live as server-sent events.</summary>
internal sealed class EventEndpoints(NodeView view, EventWriter writer, EventStream stream, TimeProvider time)
{
    // Own figure: a quarter of the connections of a listener, so that those who follow leave room for those who ask.
    private readonly StreamSeats _seats = new(16);

    public Task ListAsync(HttpContext context)
    {
        if (EventQuestion.Read(context.Request.Query, out var why) is not { } question) return BadAsync(context, why);
        // Before the reading: what is told meanwhile may be in the list, and comes again to who reads on from this number.
        var newest = stream.Newest;
        var archive = new EventArchive(writer);
        var events = archive.Read(question.Filter, question.Limit);
        var list = new EventList
        {
            Simulated = view.Node.Simulation is not null,
            Node = view.Node.Name,
            LastId = events is [.., var last] ? Math.Max(newest, last.Record.Id) : newest,
            Events = [.. events.Select(told => EventReports.Event(in told))],
            NotStored = archive.Trouble,
        };
        return Answers.JsonAsync(context, list, ApiJson.Plain.EventList);
    }

    /// <summary>What there is after <c>Last-Event-ID</c>, then what happens, without gap or double; without that header only what happens.</summary>
    public async Task StreamAsync(HttpContext context)
    {
        if (EventQuestion.Read(context.Request.Query, out var why) is not { } question)
        {
            await BadAsync(context, why);
            return;
        }

        ServerSentEvents.Announce(context);
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await _seats.SitAsync(
            () => new EventTeller(context, question.Filter, writer, stream, time).TellAsync(After(context)),
            () => Answers.ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, "too many follow the events already", "ask /v1/events from time to time instead"));
    }

    /// <summary>Numbers that are not given yet come from a store that is lost: its reader is told all that this one has.</summary>
    private long? After(HttpContext context)
    {
        var header = context.Request.Headers["Last-Event-ID"];
        if (header is not [{ Length: > 0 } text] || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var last)) return null;
        return last <= stream.Newest ? last : 0;
    }

    private static Task BadAsync(HttpContext context, string why) =>
        Answers.ProblemAsync(context, StatusCodes.Status400BadRequest, why, "docs/api.md describes what /v1/events takes");
}
