using System.Text.Json;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Recovery.Views;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Recovery;

/// <summary>
/// One who follows the controller: what the journal has behind the mark that he came with, what nodes changed since, then what happens, each once. Who cannot keep up is told so,
/// and goes on from the mark that he saw last.
/// </summary>
/// <param name="context">The reader.</param>
/// <param name="events">What happens.</param>
/// <param name="isCut">Told when he could not keep up.</param>
/// <param name="time">The clock.</param>
internal sealed class FleetTeller(HttpContext context, FleetEvents events, Action isCut, TimeProvider time)
{
    private const int Page = 500;

    // Own figure: as long may who was cut off take to read that he was.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly ServerSentEvents _reader = new(context, time);
    private EventMark _told;

    /// <summary>Until the reader goes, cannot keep up, or the controller ends.</summary>
    public async Task TellAsync(EventMark? after)
    {
        try
        {
            await FollowAsync(after);
        }
        catch (Exception broken) when (broken is IOException or JournalException)
        {
            context.Abort(); // he comes back for what could not be read
        }
    }

    private async Task FollowAsync(EventMark? after)
    {
        await _reader.CommentAsync("forewarn controller events");
        if (after is { } mark)
        {
            // Numbers that are not given yet come from a journal that is lost: its reader is told all that this one has.
            _told = mark.Line > events.Newest.Line ? mark with { Line = 0 } : mark;
            // All but the last page without listening: a long past must not cut off who reads it.
            while (await TellPastAsync() == Page)
            {
                // More.
            }
        }

        using var listener = events.Listen();
        using var patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        await using var abort = patience.Token.UnsafeRegister(static one => ((HttpContext)one!).Abort(), context);
        await using var cut = listener.CutOff.UnsafeRegister(
            one =>
            {
                isCut();
                ((CancellationTokenSource)one!).CancelAfter(Farewell);
            },
            patience);
        if (after is null)
        {
            _told = events.Newest;
        }
        else
        {
            while (await TellPastAsync() > 0)
            {
                // What was written meanwhile.
            }

            await TellChangesAsync();
        }

        while (await _reader.NextAsync(listener.Told))
        {
            while (!listener.CutOff.IsCancellationRequested && listener.Told.TryRead(out var one)) await SendAsync(one);
            if (listener.CutOff.IsCancellationRequested) break;
        }

        if (!listener.CutOff.IsCancellationRequested) return;
        await NoticeAsync("cut", "you are too far behind and are cut off; come back with the last id that you saw");
        await context.Response.Body.FlushAsync(patience.Token);
    }

    private async Task<int> TellPastAsync()
    {
        var (past, looked, line) = events.Past(_told.Line, Page);
        foreach (var one in past) await SendAsync(one);
        _told = _told with { Line = line };
        return looked;
    }

    private async Task TellChangesAsync()
    {
        var (changes, isWhole) = events.Changes(_told);
        if (!isWhole && _told.Run != 0) await NoticeAsync("gap", "which nodes changed their state meanwhile is not known any more; /v1/nodes says how they stand");
        if (_told.Run != events.Run) _told = _told with { Change = 0, Run = events.Run };
        foreach (var one in changes) await SendAsync(one);
    }

    private Task SendAsync(FleetEvent one)
    {
        if (one.Line > 0 ? one.Line <= _told.Line : one.Change <= _told.Change) return Task.CompletedTask;
        _told = one.Line > 0 ? _told with { Line = one.Line } : _told with { Change = one.Change };
        return _reader.SendAsync(JsonSerializer.Serialize(FleetEventReport.Of(one, _told.ToString()), RecoveryApiJson.Plain.FleetEventReport), _told.ToString());
    }

    private Task NoticeAsync(string name, string text)
        => _reader.SendAsync(JsonSerializer.Serialize(new StreamNotice(text), RecoveryApiJson.Plain.StreamNotice), id: null, name);
}
