using System.Net.Sockets;
using System.Text;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Systemd;

/// <summary>The receiving end of NOTIFY_SOCKET, as systemd has it; in a folder or in the abstract name space.</summary>
internal sealed class SupervisorSocket : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    public SupervisorSocket(bool isAbstract = false)
    {
        Address = isAbstract ? "@" + _folder.Path : Path.Combine(_folder.Path, "notify");
        _socket.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + _folder.Path : Address));
    }

    public string Address { get; }

    /// <summary>Everything that has been sent: a datagram is in the queue when its send has returned, so nothing is waited for.</summary>
    public IReadOnlyList<string> Received()
    {
        var messages = new List<string>();
        var buffer = new byte[4096];
        while (_socket.Available > 0)
        {
            messages.Add(Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer)));
        }

        return messages;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _folder.Dispose();
    }
}
