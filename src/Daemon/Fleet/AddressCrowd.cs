using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Forewarn.Daemon.Fleet;

/// <summary>Keeps one address from filling the listener. Of IPv6 the network counts, since one machine has as many addresses of it as it likes.</summary>
/// <param name="most">Connections of one at once.</param>
internal sealed class AddressCrowd(int most)
{
    // RFC 4291, 2.5.1: the other half names an interface within the network.
    private const int NetworkBytes = 8;

    private readonly ConcurrentDictionary<IPAddress, int> _open = new();

    /// <summary>For the listener: goes on with a connection that there is room for, and closes any other at once.</summary>
    public ConnectionDelegate Before(ConnectionDelegate next) => async connection =>
    {
        if (connection.RemoteEndPoint is not IPEndPoint { Address: var address })
        {
            await next(connection);
            return;
        }

        var who = Network(address);
        try
        {
            if (_open.AddOrUpdate(who, 1, static (_, open) => open + 1) <= most) await next(connection);
            else connection.Abort(new ConnectionAbortedException("its address has too many connections"));
        }
        finally
        {
            if (_open.AddOrUpdate(who, 0, static (_, open) => open - 1) == 0) _open.TryRemove(KeyValuePair.Create(who, 0));
        }
    };

    /// <summary>By what an address is counted.</summary>
    public static IPAddress Network(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new(bytes);
    }
}
