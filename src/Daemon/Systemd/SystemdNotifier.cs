using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Systemd;

/// <summary>sd_notify(3) over the datagram socket that systemd names in NOTIFY_SOCKET.</summary>
internal sealed partial class SystemdNotifier : IServiceNotifier, IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    private readonly UnixDomainSocketEndPoint _supervisor;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private int _failing;

    /// <summary>A notifier for an address as it stands in NOTIFY_SOCKET; '@' begins an abstract one.</summary>
    public SystemdNotifier(string address, TimeProvider time, ILogger logger)
    {
        _supervisor = new(address.StartsWith('@') ? "\0" + address[1..] : address);
        _time = time;
        _logger = logger;
    }

    /// <inheritdoc/>
    public void Ready() => Send("READY=1");

    /// <inheritdoc/>
    public void Reloading()
    {
        // Type=notify-reload ignores a RELOADING=1 without the time on CLOCK_MONOTONIC; the system's TimeProvider counts on that clock.
        var microseconds = (long)(_time.GetTimestamp() * (1e6 / _time.TimestampFrequency));
        Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={microseconds}"));
    }

    /// <inheritdoc/>
    public void Stopping() => Send("STOPPING=1");

    /// <inheritdoc/>
    public void Status(string line) => Send("STATUS=" + line.ReplaceLineEndings(" "));

    /// <inheritdoc/>
    public void Alive() => Send("WATCHDOG=1");

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Send(string message)
    {
        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(message), _supervisor);
            if (Interlocked.Exchange(ref _failing, 0) == 1)
            {
                Log.HeardAgain(_logger);
            }
        }
        catch (SocketException refused)
        {
            // A full or vanished socket must not stop the sampling; if it lasts, the watchdog is systemd's own remedy.
            if (Interlocked.Exchange(ref _failing, 1) == 0)
            {
                Log.NotHeard(_logger, refused.SocketErrorCode);
            }
        }
        catch (ObjectDisposedException)
        {
            // A last beat that raced with the shutdown.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(401, LogLevel.Warning, "The service manager's notification socket refuses messages: {Reason}")]
        public static partial void NotHeard(ILogger logger, SocketError reason);

        [LoggerMessage(402, LogLevel.Information, "The service manager's notification socket takes messages again")]
        public static partial void HeardAgain(ILogger logger);
    }
}
