using System.Globalization;
using System.Text;
using System.Text.Json;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Api;

/// <summary>What happened: as a list, and live as server-sent events.</summary>
internal sealed class EventEndpoints(NodeView view, EventWriter writer, EventStream stream, TimeProvider time)
{
    // Own figures. A page keeps the answer small; a comment each quarter of a minute shows both ends that the other is there.
    private const int Page = 500;
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public Task ListAsync(HttpContext context)
    {
        if (EventQuestion.Read(context.Request.Query, out var why) is not { } question)
            return Answers.ProblemAsync(context, StatusCodes.Status400BadRequest, why, "docs/api.md describes what /v1/events takes");
        var found = writer.Store?.Read(question.Filter, question.Limit) ?? [];
        var list = new EventList
        {
            Simulated = view.Node.Simulation is not null,
            Node = view.Node.Name,
            Events = [.. found.Select(record => EventReports.Event(new Announcement(record, IsDurable: true)))],
            NotStored = writer.Meter.Refusal,
        };
        return Answers.JsonAsync(context, list, ApiJson.Plain.EventList);
    }

    /// <summary>
    /// What was stored after <c>Last-Event-ID</c>, then what happens, without gap or double: the listening begins before the reading, and what both
    /// have is told once. An event that goes on is told again as <c>update</c> with its number in the data alone.
    /// </summary>
    public async Task StreamAsync(HttpContext context)
    {
        var after = context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } last] && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : (long?)null;
        var end = context.RequestAborted;
        var live = stream.Listen(end);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(": forewarn events\n\n", end);
        var told = after ?? 0;
        if (after is not null)
        {
            foreach (var record in Stored(told))
            {
                told = record.Id;
                await SendAsync(context, new Announcement(record, IsDurable: true), end);
            }
        }

        while (await NextAsync(live, context, end))
        {
            while (live.TryRead(out var announcement))
            {
                if (announcement.Record.IsNew && announcement.Record.Id <= told) continue;
                await SendAsync(context, announcement, end);
            }
        }

        await context.Response.WriteAsync(": too slow; ask again with the last number\n\n", end);
    }

    /// <summary>Waits for something to tell, with a sign of life meanwhile; false when the listener fell behind.</summary>
    private async Task<bool> NextAsync(System.Threading.Channels.ChannelReader<Announcement> live, HttpContext context, CancellationToken end)
    {
        var next = live.WaitToReadAsync(end).AsTask();
        while (true)
        {
            await context.Response.Body.FlushAsync(end);
            try
            {
                return await next.WaitAsync(Heartbeat, time, end);
            }
            catch (TimeoutException)
            {
                await context.Response.WriteAsync(":\n\n", end);
            }
        }
    }

    private static Task SendAsync(HttpContext context, Announcement told, CancellationToken end)
    {
        var text = new StringBuilder();
        if (!told.Record.IsNew) text.Append("event: update\n");
        else if (told.IsDurable) text.Append(CultureInfo.InvariantCulture, $"id: {told.Record.Id}\n");
        text.Append("data: ").Append(JsonSerializer.Serialize(EventReports.Event(in told), ApiJson.Plain.EventReport)).Append("\n\n");
        return context.Response.WriteAsync(text.ToString(), end);
    }

    private IEnumerable<EventRecord> Stored(long after)
    {
        while (writer.Store is { } store)
        {
            var page = store.Read(new EventFilter(after), Page);
            foreach (var record in page) yield return record;
            if (page.Count < Page) yield break;
            after = page[^1].Id;
        }
    }
}
