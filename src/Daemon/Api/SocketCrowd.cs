using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Forewarn.Daemon.Api;

/// <summary>Keeps other users from filling the Unix socket: there is always room for an operator, and for the prolog of a job.</summary>
internal sealed class SocketCrowd(OperatorRule operators, Func<Socket, PeerCredentials> credentials)
{
    /// <summary>Own figure: one who looks at the node from several terminals. Who has so many open is not let in once more.</summary>
    public const int MostOfOne = 8;

    /// <summary>Own figure: three quarters of what a listener takes; what is left is the operators'.</summary>
    public const int MostOfAll = AgentHttpServer.MostConnections * 3 / 4;

    private readonly Lock _gate = new();
    private readonly Dictionary<uint, int> _open = [];
    private int _all;

    /// <summary>For the listener: goes on with a connection that there is room for, and closes any other at once.</summary>
    public ConnectionDelegate Before(ConnectionDelegate next) => async connection =>
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket || credentials(socket) is not { } peer || operators.Allows(peer))
        {
            await next(connection);
            return;
        }

        if (!TryEnter(peer.Uid))
        {
            connection.Abort(new ConnectionAbortedException("its user has too many connections"));
            return;
        }

        try
        {
            await next(connection);
        }
        finally
        {
            Leave(peer.Uid);
        }
    };

    private bool TryEnter(uint uid)
    {
        lock (_gate)
        {
            var his = _open.GetValueOrDefault(uid);
            if (his >= MostOfOne || _all >= MostOfAll) return false;
            (_open[uid], _all) = (his + 1, _all + 1);
            return true;
        }
    }

    private void Leave(uint uid)
    {
        lock (_gate)
        {
            _all--;
            if (--_open[uid] == 0) _open.Remove(uid);
        }
    }
}
