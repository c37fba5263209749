using System.Globalization;
using System.Text.Json;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Api;

/// <summary>
/// One reader of the stream. The listening begins before the last reading of the store, and what both have is told once. An event that goes on is
/// told again as <c>update</c>; who comes back hears so of those that may have gone on meanwhile. Only what is on the disk has an <c>id:</c>, so that a
/// reader that comes back goes on from there.
/// </summary>
internal sealed class EventTeller(HttpContext context, EventFilter filter, EventWriter writer, EventStream stream, TimeProvider time)
{
    // Own figure: a record's time is right within two seconds, and a batch is told soon after it happened unless the disk is slow.
    private static readonly TimeSpan ClockRoom = TimeSpan.FromSeconds(10);

    private readonly ServerSentEvents _reader = new(context, time);
    private long _told;

    /// <summary>Until the reader goes, cannot keep up, or the agent ends.</summary>
    public async Task TellAsync(long? after)
    {
        try
        {
            await FollowAsync(after);
        }
        catch (IOException)
        {
            context.Abort();
        }
    }

    private async Task FollowAsync(long? after)
    {
        await _reader.CommentAsync("forewarn events");
        var since = time.GetUtcNow();
        if (after is { } last)
        {
            _told = last;
            if (new EventArchive(writer).Read(new EventFilter(After: last - 1, UpTo: last), 1) is [var known]) since = known.Record.Event.FirstSeen;
            // All but the last page without listening: a long past must not cut off who reads it.
            while (await TellPastAsync() == EventArchive.Page)
            {
                // More.
            }
        }

        using var listener = stream.Listen();
        // Who does not read is not written to for ever: he comes back with the number that he has seen.
        await using var cut = listener.CutOff.UnsafeRegister(static abort => ((HttpContext)abort!).Abort(), context);
        if (after is not null)
        {
            await TellGrownAsync(since - ClockRoom);
            await TellPastAsync(toTheEnd: true);
        }

        while (await _reader.NextAsync(listener.Told))
        {
            while (listener.Told.TryRead(out var announcement))
            {
                if (announcement.Record.IsNew && announcement.Record.Id <= _told) continue;
                if (filter.Takes(announcement.Record.Event)) await SendAsync(announcement);
            }
        }
    }

    private async Task<int> TellPastAsync(bool toTheEnd = false)
    {
        var most = toTheEnd ? int.MaxValue : EventArchive.Page;
        // Held ones have no place in a page: they are the last of all.
        var newest = stream.Newest;
        var archive = new EventArchive(writer);
        var page = archive.Read(filter with { After = _told, Newest = false }, most);
        // What is stored and cannot be read now is not passed over: the reader comes back for it. Where there is no store, what is held is all.
        if (!archive.IsRead && writer.IsOpen) throw new IOException(archive.Trouble);
        foreach (var announcement in page)
        {
            if (!toTheEnd && !announcement.IsDurable) return 0;
            await SendAsync(announcement);
            _told = announcement.Record.Id;
        }

        if (toTheEnd) _told = Math.Max(_told, newest);
        return page.Count;
    }

    /// <summary>
    /// Of those that were told, here or to the connection before, each that has gone on since: what it is now is told once more, be it that the reader
    /// knows it.
    /// </summary>
    private async Task TellGrownAsync(DateTimeOffset since)
    {
        var grown = filter with { After = 0, UpTo = _told, Since = since > filter.Since ? since : filter.Since, Newest = false };
        while (new EventArchive(writer).Read(grown, EventArchive.Page) is { Count: > 0 } page)
        {
            foreach (var (record, isDurable) in page.Where(told => told.Record.Event is { Count: > 1 } or { AlsoSeenBy.Length: > 0 }))
                await SendAsync(new Announcement(record with { IsNew = false }, isDurable));
            grown = grown with { After = page[^1].Record.Id };
        }
    }

    private Task SendAsync(Announcement told)
    {
        var id = told is { Record.IsNew: true, IsDurable: true } ? told.Record.Id.ToString(CultureInfo.InvariantCulture) : null;
        return _reader.SendAsync(JsonSerializer.Serialize(EventReports.Event(in told), ApiJson.Plain.EventReport), id, told.Record.IsNew ? null : "update");
    }
}
