using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Forewarn.Daemon.Api;

/// <summary>Binds what the server listens on. Kestrel is given bound sockets, since its own error names no culprit.</summary>
internal static class BoundSockets
{
    /// <summary>Reading is open to all; what changes state asks for the peer's credentials.</summary>
    private const UnixFileMode SocketMode = UnixFileMode.UserRead | UnixFileMode.UserWrite
        | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>A bound socket, or a <see cref="ListenException"/> that says what is in the way.</summary>
    public static Socket Bind(EndPoint endPoint)
    {
        if (endPoint is UnixDomainSocketEndPoint)
        {
            return BindFile(endPoint.ToString()!);
        }

        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        }
        catch (SocketException refused)
        {
            throw new ListenException(Explain((IPEndPoint)endPoint, refused.SocketErrorCode), refused);
        }
    }

    private static string Explain(IPEndPoint endPoint, SocketError error) => error switch
    {
        SocketError.AddressAlreadyInUse => $"port {endPoint.Port} is {PortHolder.Describe(endPoint.Port)}",
        SocketError.AccessDenied => $"{endPoint}: no permission to listen; ports below 1024 need CAP_NET_BIND_SERVICE",
        SocketError.AddressNotAvailable => $"{endPoint}: this machine does not have that address",
        _ => $"{endPoint}: cannot listen ({error})",
    };

    private static Socket BindFile(string path)
    {
        ClearStale(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, SocketMode);
            return socket;
        }
        catch (Exception refused) when (refused is SocketException or IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            var directory = Path.GetDirectoryName(path);
            var why = Directory.Exists(directory) ? "no permission, or a read-only file system" : $"the directory {directory} is not there";
            throw new ListenException($"socket {path} cannot be made: {why}", refused);
        }
    }

    /// <summary>A file that nobody serves was left by a killed agent and is replaced; whatever else is there stays.</summary>
    private static void ClearStale(string path)
    {
        if (!Path.Exists(path)) return;
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        probe.Blocking = false; // A server that hangs must not hang us: its full queue answers WouldBlock.
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            var holder = ProcessName.Of(PeerCredentials.Of(probe).Pid);
            throw new ListenException($"socket {path} is held by {holder}; stop that agent, or choose another path with --socket");
        }
        catch (SocketException error)
        {
            if (error.SocketErrorCode == SocketError.WouldBlock)
            {
                throw new ListenException($"socket {path} is held by a process that does not answer", error);
            }

            if (error.SocketErrorCode == SocketError.AccessDenied)
            {
                throw new ListenException($"socket {path} belongs to another user", error);
            }

            // connect(2) refuses a plain file as it refuses a socket without a server.
            if (!IsSocket(path))
            {
                throw new ListenException($"{path} is there and is not a socket; it was left alone", error);
            }
        }

        File.Delete(path);
    }

    // Only a socket cannot be opened as a file: open(2) answers ENXIO, 6 in asm-generic/errno-base.h.
    private static bool IsSocket(string path)
    {
        try
        {
            using var opened = File.OpenHandle(path);
            return false;
        }
        catch (IOException refused)
        {
            return refused.HResult == 6;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
