using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Forewarn.Daemon.Api;

/// <summary>Who is at the other end of a Unix socket, as the kernel recorded it at connect (or, for a listener, at listen).</summary>
/// <param name="Pid">Process id in our name space; 0 when it has none here.</param>
/// <param name="Uid">Effective user.</param>
/// <param name="Groups">Effective group first, then the supplementary ones.</param>
internal sealed record PeerCredentials(int Pid, uint Uid, IReadOnlyList<uint> Groups)
{
    // include/uapi/asm-generic/socket.h; the same on x86-64 and arm64.
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;
    private const int SoPeerGroups = 59;

    // NGROUPS_MAX, include/uapi/linux/limits.h.
    private const int MostGroups = 65536;

    /// <summary>Asks the kernel.</summary>
    public static PeerCredentials Of(Socket socket)
    {
        Span<uint> cred = stackalloc uint[3]; // struct ucred: pid, uid, gid
        socket.GetRawSocketOption(SolSocket, SoPeerCred, MemoryMarshal.AsBytes(cred));
        return new((int)cred[0], cred[1], [cred[2], .. Supplementary(socket)]);
    }

    private static uint[] Supplementary(Socket socket)
    {
        for (var room = 64; ; room *= 16)
        {
            var groups = new uint[Math.Min(room, MostGroups)];
            try
            {
                var bytes = socket.GetRawSocketOption(SolSocket, SoPeerGroups, MemoryMarshal.AsBytes(groups.AsSpan()));
                return groups[..(bytes / sizeof(uint))];
            }
            catch (SocketException) when (room < MostGroups)
            {
                // ERANGE: more groups than room.
            }
        }
    }
}
