using System.Globalization;
using System.Text.Json;
using Forewarn.Daemon.Tests.Api;

namespace Forewarn.Daemon.Tests.Store;

/// <summary>One who follows the stream as a browser would: by lines, and with the last number that it saw.</summary>
internal sealed class EventReader : IDisposable
{
    private readonly HttpClient _client;
    private readonly StreamReader _lines;

    private EventReader(HttpClient client, Stream stream) => (_client, _lines) = (client, new StreamReader(stream));

    /// <summary>What the stream's <c>id:</c> said last.</summary>
    public long? Last { get; private set; }

    public static async Task<EventReader> OpenAsync(string socket, long? last, string query = "")
    {
        var client = ServedNode.Through(socket);
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events/stream" + query);
        if (last is { } number) request.Headers.Add("Last-Event-ID", number.ToString(CultureInfo.InvariantCulture));
        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        var reader = new EventReader(client, await answer.Content.ReadAsStreamAsync()) { Last = last };
        Assert.Equal(": forewarn events", await reader._lines.ReadLineAsync());
        return reader;
    }

    /// <summary>The next one that is told; null at the end.</summary>
    public async Task<Message?> NextAsync()
    {
        var (name, data, id) = ("message", "", (long?)null);
        try
        {
            while (await _lines.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
                else if (line.StartsWith("id: ", StringComparison.Ordinal)) id = long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
                else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
                if (line.Length > 0 || data.Length == 0) continue;
                Last = id ?? Last;
                return new Message(name, id, JsonDocument.Parse(data).RootElement);
            }
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            // Cut off.
        }

        return null;
    }

    public void Dispose()
    {
        _lines.Dispose();
        _client.Dispose();
    }

    public sealed record Message(string Name, long? Id, JsonElement Data)
    {
        public long Number => Data.GetProperty("id").GetInt64();
    }
}
