using System.Globalization;
using System.Net;

namespace Forewarn.Daemon.Configuration;

/// <summary>An address and port to serve HTTP on; a null address means all of them, IPv6 and IPv4.</summary>
internal sealed record ListenAddress(IPAddress? Address, int Port)
{
    /// <summary>Reads "*:9797", "127.0.0.1:9797" or "[::1]:9797".</summary>
    public static bool TryParse(string text, out ListenAddress value)
    {
        value = new ListenAddress(null, 0);
        var colon = text.LastIndexOf(':');
        if (colon < 1
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port is < 1 or > 65535)
        {
            return false;
        }

        var host = text[..colon];
        if (host == "*")
        {
            value = new ListenAddress(null, port);
            return true;
        }

        var bracketed = host.StartsWith('[') && host.EndsWith(']');
        if (!IPAddress.TryParse(bracketed ? host[1..^1] : host, out var address)
            || bracketed != (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
            || (!bracketed && host.Split('.').Length != 4)) // IPAddress takes "1" and "127.1" too; a person who types that erred
        {
            return false;
        }

        value = new ListenAddress(address, port);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Address is null
        ? string.Create(CultureInfo.InvariantCulture, $"*:{Port}")
        : new IPEndPoint(Address, Port).ToString();
}
