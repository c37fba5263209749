using System.Globalization;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Fleet;
using Forewarn.Daemon.Recovery.Views;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Recovery;

/// <summary>What the controller sees and does: as a list, and live as server-sent events.</summary>
internal sealed class FleetEventEndpoints(FleetEvents events, FleetKeeper keeper, TimeProvider time)
{
    private const int DefaultLimit = 200;
    private const int MostLimit = 5000;

    // Own figure: dashboards and people; each holds a queue of some 1 MiB.
    private readonly StreamSeats _seats = new(64);
    private long _cut;

    /// <summary>Those who follow now.</summary>
    public int Following => _seats.Taken;

    /// <summary>Those who could not keep up, since the start.</summary>
    public long Cut => Interlocked.Read(ref _cut);

    public IReadOnlyList<Route> Routes =>
    [
        new("/v1/events", HttpMethods.Get, Audience.ThisMachine, ListAsync),
        new("/v1/events/stream", HttpMethods.Get, Audience.ThisMachine, StreamAsync),
    ];

    private Task ListAsync(HttpContext context)
    {
        var limit = DefaultLimit;
        if (context.Request.Query["limit"] is [{ Length: > 0 } text] && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostLimit))
            return Answers.ProblemAsync(context, StatusCodes.Status400BadRequest, string.Create(CultureInfo.InvariantCulture, $"limit={text} is not a number from 1 to {MostLimit}"), "docs/fleet.md describes what it takes");
        try
        {
            var mark = events.Newest; // before the reading: what is told meanwhile may come twice, and never not at all
            var list = new FleetEventList
            {
                Simulated = keeper.State.Nodes.Values.Any(static node => node.IsSimulated),
                Time = time.GetUtcNow(),
                LastId = mark.ToString(),
                Events = [.. events.Last(limit).Select(static one => FleetEventReport.Of(one, null))],
            };
            return Answers.JsonAsync(context, list, RecoveryApiJson.Plain.FleetEventList);
        }
        catch (JournalException refused)
        {
            return Answers.ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, refused.Message, "the controller's log says since when");
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        EventMark? after = null;
        if (context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } text] && (after = EventMark.Parse(text)) is null)
        {
            await Answers.ProblemAsync(context, StatusCodes.Status400BadRequest, $"Last-Event-ID {text} is none of this stream", "give the id: of an event as it came, or 0 for all that the journal has");
            return;
        }

        ServerSentEvents.Announce(context);
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await _seats.SitAsync(
            () => new FleetTeller(context, events, () => Interlocked.Increment(ref _cut), time).TellAsync(after),
            () => Answers.ProblemAsync(context, StatusCodes.Status503ServiceUnavailable, "too many follow the controller already", "ask /v1/events from time to time instead"));
    }
}
