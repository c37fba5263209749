using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Api;

/// <summary>Where a request came from.</summary>
internal static class Peer
{
    /// <summary>The request's Unix socket; null over TCP.</summary>
    public static Socket? UnixSocket(HttpContext context) =>
        context.Features.Get<IConnectionSocketFeature>()?.Socket is { AddressFamily: AddressFamily.Unix } socket ? socket : null;

    /// <summary>True over TCP from this machine itself; 127.0.0.1 comes as ::ffff:127.0.0.1 when IPv6 and IPv4 share a listener.</summary>
    public static bool IsLoopback(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
