using System.Net.Sockets;

namespace Forewarn.Daemon.Delivery;

/// <summary>The way to one server, for one request at a time.</summary>
internal static class ServerConnection
{
    // No proxy and no redirection: what is sent, secrets among it, goes where Url says, and nowhere else.
    public static HttpClient Open(ServerTrust trust) => new(new SocketsHttpHandler
    {
        SslOptions = trust.Authentication(),
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        MaxConnectionsPerServer = 1,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // so that a name that moved is followed
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // ours runs on the given clock
    };

    /// <summary>What the server's certificate, or ours, came to grief by.</summary>
    public static string Distrust(ServerTrust trust) => trust.Objection is { Length: > 0 } objection
        ? objection
        : "no TLS connection: is Url one of https, and does the server ask for a client's certificate?";

    // The framework's own texts are trimmed away (UseSystemResourceKeys); what the kernel says is not.
    public static string Words(HttpRequestException failed) => failed switch
    {
        { InnerException: SocketException refused } => refused.Message,
        { HttpRequestError: HttpRequestError.NameResolutionError } => "the server's name cannot be resolved",
        { HttpRequestError: HttpRequestError.ConnectionError } => "no connection",
        _ => $"the connection broke off ({failed.HttpRequestError})",
    };
}
