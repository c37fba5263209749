using System.Net.Sockets;

namespace Forewarn.Daemon.Tests.Api;

/// <summary>What a killed server leaves: a process that is killed cannot remove its socket.</summary>
internal static class StaleSocket
{
    // Renamed away before the close, which would remove it, then put back.
    public static void Leave(string path)
    {
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.Move(path, path + ".kept");
        }

        File.Move(path + ".kept", path);
    }
}
