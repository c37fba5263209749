using System.Net.Sockets;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>HTTP over the Unix socket of one of our programs.</summary>
internal static class SocketClient
{
    /// <summary>Whoever opens it disposes of it; addresses are relative.</summary>
    public static HttpClient Open(string path) => new(new SocketsHttpHandler { ConnectCallback = (_, cancellation) => ConnectAsync(path, cancellation) })
    {
        Timeout = TimeSpan.FromSeconds(5),
        BaseAddress = new("http://socket/"),
    };

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
