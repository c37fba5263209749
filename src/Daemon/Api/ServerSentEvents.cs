using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Api;

/// <summary>One reader's stream of server-sent events (WHATWG HTML, 9.2): what is sent, and a sign of life while nothing is.</summary>
internal sealed class ServerSentEvents(HttpContext context, TimeProvider time)
{
    // Own figure: both ends see within a quarter of a minute that the other is there.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly CancellationToken _end = context.RequestAborted;

    /// <summary>What an answer says before its first event.</summary>
    public static void Announce(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
    }

    /// <summary>A comment, by which a reader sees that he is heard.</summary>
    public Task CommentAsync(string text) => context.Response.WriteAsync($": {text}\n\n", _end);

    /// <summary>One event.</summary>
    /// <param name="data">One line.</param>
    /// <param name="id">What a reader who comes back gives; null where he could not go on from it.</param>
    /// <param name="name">What sort of event; null for the usual one.</param>
    public Task SendAsync(string data, string? id = null, string? name = null)
    {
        var text = new StringBuilder();
        if (name is not null) text.Append("event: ").Append(name).Append('\n');
        if (id is not null) text.Append("id: ").Append(id).Append('\n');
        return context.Response.WriteAsync(text.Append("data: ").Append(data).Append("\n\n").ToString(), _end);
    }

    /// <summary>Waits for something to tell, with a sign of life meanwhile; false when nothing more will come.</summary>
    public async Task<bool> NextAsync<T>(ChannelReader<T> live)
    {
        var next = live.WaitToReadAsync(_end).AsTask();
        while (true)
        {
            await context.Response.Body.FlushAsync(_end);
            try
            {
                return await next.WaitAsync(Heartbeat, time, _end);
            }
            catch (TimeoutException)
            {
                await context.Response.WriteAsync(":\n\n", _end);
            }
        }
    }
}
