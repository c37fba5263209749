using System.Net.Sockets;
using Forewarn.Daemon.Api;

namespace Forewarn.Daemon.Doctor;

/// <summary>Whoever listens on a Unix socket, by the kernel's word.</summary>
internal static class SocketServer
{
    public static (bool IsServed, ProcessFacts? Process) Of(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Blocking = false; // a server that hangs must not hang us
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return (true, ProcessFacts.Of(PeerCredentials.Of(socket).Pid));
        }
        catch (SocketException unreached)
        {
            // One whose queue is full is served, and one that is closed to us may be.
            return (unreached.SocketErrorCode is SocketError.WouldBlock or SocketError.TryAgain or SocketError.AccessDenied, null);
        }
    }
}
