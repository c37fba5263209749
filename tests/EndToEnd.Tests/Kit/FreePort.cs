using System.Net;
using System.Net.Sockets;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>A TCP port of the loopback that nobody had a moment ago.</summary>
internal static class FreePort
{
    private static readonly HashSet<int> Given = [];

    /// <summary>Each is given once, since tests run side by side.</summary>
    public static int Next()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            lock (Given)
            {
                if (Given.Add(port)) return port;
            }
        }
    }
}
