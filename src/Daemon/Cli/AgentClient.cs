using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary>Asks the agent, or the controller, through its Unix socket; every failure says what to do about it.</summary>
internal sealed class AgentClient : IDisposable
{
    // An answer takes milliseconds. A release waits until its probes have let the devices go: at most the 15 s of an agent's stop.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _socket;
    private readonly ServerName _server;
    private readonly HttpClient _client;

    public AgentClient(string socket, TimeSpan? patience = null, ServerName? server = null)
    {
        (_socket, _server) = (socket, server ?? ServerName.Agent);
        _client = new(new SocketsHttpHandler { ConnectCallback = ConnectAsync })
        {
            BaseAddress = new("http://agent"),
            Timeout = patience ?? Patience,
        };
    }

    /// <summary>The body of a GET as it came.</summary>
    public Task<byte[]> GetAsync(string path, CancellationToken cancellation) => SendAsync(new(HttpMethod.Get, path), cancellation);

    /// <summary>The body of a POST's answer as it came.</summary>
    public Task<byte[]> PostAsync(string path, string body, CancellationToken cancellation) =>
        SendAsync(new(HttpMethod.Post, path) { Content = new StringContent(body) }, cancellation);

    /// <summary>The lines of a stream of events behind this id as they come, until it ends or breaks.</summary>
    public async IAsyncEnumerable<string> ReadLinesAsync(string path, string last, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Last-Event-ID", last);
        using var answer = await OpenAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
        while (await NextAsync(lines, cancellation) is { } line) yield return line;
    }

    /// <summary>Reads an answer of ours.</summary>
    public static T Read<T>(byte[] body, JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException();
        }
        catch (JsonException foreign)
        {
            throw new CommandFailedException(
                "the answer is not understood: is it of another version? forewarn --version shows this one's", foreign);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<byte[]> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var answer = await OpenAsync(request, HttpCompletionOption.ResponseContentRead, cancellation);
        return await answer.Content.ReadAsByteArrayAsync(cancellation);
    }

    private static async Task<string?> NextAsync(StreamReader lines, CancellationToken cancellation)
    {
        try
        {
            return await lines.ReadLineAsync(cancellation);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellation)
    {
        try
        {
            var answer = await _client.SendAsync(request, completion, cancellation);
            if (answer.IsSuccessStatusCode) return answer;
            using (answer)
            {
                var problem = Read(await answer.Content.ReadAsByteArrayAsync(cancellation), ApiJson.Default.Problem);
                throw new CommandFailedException($"{problem.Detail}\n{problem.Hint}");
            }
        }
        catch (HttpRequestException broken) when (broken.InnerException is not SocketException)
        {
            throw new CommandFailedException($"the {_server.Name} at {_socket} broke off its answer: its journal may say why", broken);
        }
        catch (HttpRequestException unreachable)
        {
            throw new CommandFailedException(WhyUnreachable(((SocketException)unreachable.InnerException!).SocketErrorCode), unreachable);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            throw new CommandFailedException(
                $"the {_server.Name} at {_socket} did not answer within {Quantity.Duration(_client.Timeout)}: its journal may say why", late);
        }
        finally
        {
            request.Dispose();
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private string WhyUnreachable(SocketError error)
    {
        var why = error switch
        {
            SocketError.AccessDenied => "no permission to reach it; is a directory above it closed to you?",
            SocketError.ConnectionRefused => $"nobody serves it: the {_server.Name} was killed and not started again.\n"
                + $"Start it: systemctl start {_server.Unit}",
            _ when !Path.Exists(_socket) => $"it is not there: the {_server.Name} is not running, or has another socket.\n"
                + $"Start it: systemctl start {_server.Unit}{_server.Hint}\n"
                + "Another socket: --socket PATH",
            _ => $"{error}",
        };
        return $"cannot reach the {_server.Name} at {_socket}: {why}";
    }
}
