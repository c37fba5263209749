using Forewarn.Daemon.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Forewarn.Daemon.Api;

/// <summary>Where an <see cref="HttpService"/> listens, and how much it takes.</summary>
/// <param name="Listen">The addresses; none are allowed.</param>
/// <param name="Socket">The Unix socket's path.</param>
/// <param name="MostConnections">At once, for each listener on its own, so that a crowd at the network's door leaves the socket free for the operator.</param>
/// <param name="MostBodyBytes">Of one request.</param>
internal sealed record HttpBounds(IReadOnlyList<ListenAddress> Listen, string Socket, int MostConnections, long MostBodyBytes)
{
    /// <summary>The certificate of the addresses; null for plain HTTP.</summary>
    public HttpsConnectionAdapterOptions? Https { get; init; }

    /// <summary>Sees each connection of an address first, before anything is spent on its handshake; null for nobody.</summary>
    public Func<ConnectionDelegate, ConnectionDelegate>? OnAddress { get; init; }

    /// <summary>Sees each connection of the socket first; null for nobody.</summary>
    public Func<ConnectionDelegate, ConnectionDelegate>? OnSocket { get; init; }
}
