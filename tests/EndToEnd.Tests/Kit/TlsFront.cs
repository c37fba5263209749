using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>Ends TLS on the loopback before a server that speaks without: who cannot verify its certificate gets no byte through.</summary>
internal sealed class TlsFront : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly X509Certificate2 _certificate;
    private readonly Uri _server;
    private readonly Task _serving;

    private TlsFront(TestAuthority authority, Uri server)
    {
        (_certificate, _server) = (X509Certificate2.CreateFromPemFile(authority.Certificate, authority.Key), server);
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url => $"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public static TlsFront Before(string url, TestAuthority authority) => new(authority, new(url));

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        await _serving;
        _certificate.Dispose();
        _ended.Dispose();
    }

    private async Task ServeAsync()
    {
        List<Task> passing = [];
        try
        {
            while (true) passing.Add(PassAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(passing);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient();
        try
        {
            using (client)
            {
                await using var secured = new SslStream(client.GetStream());
                await secured.AuthenticateAsServerAsync(new() { ServerCertificate = _certificate }, _ended.Token);
                await server.ConnectAsync(_server.Host, _server.Port, _ended.Token);
                await using var plain = server.GetStream();
                await Task.WhenAny(secured.CopyToAsync(plain, _ended.Token), plain.CopyToAsync(secured, _ended.Token));
            }
        }
        catch (Exception gone) when (gone is IOException or AuthenticationException or SocketException or OperationCanceledException)
        {
            // One of the two has gone, or does not believe us: the other is told by the end of its connection.
        }
    }
}
