using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Api;

/// <summary>Who may change what a server does: through its Unix socket, and there whom the rule allows. Each time is logged with who it was, also where he may not.</summary>
/// <param name="server">What the server is called.</param>
/// <param name="rule">Who may.</param>
/// <param name="credentials">How a peer is known.</param>
/// <param name="logger">Takes who asked for what.</param>
internal sealed partial class OperatorDoor(string server, OperatorRule rule, Func<Socket, PeerCredentials> credentials, ILogger logger)
{
    /// <summary>Null for who may; else why not. Who it is goes with the request.</summary>
    public string? Refuse(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (Peer.UnixSocket(context) is not { } connection) return $"{path} changes the {server}'s state and is answered on its Unix socket alone";
        var peer = credentials(connection);
        if (!rule.Allows(peer))
        {
            Log.Refused(logger, path, peer.Pid, peer.Uid);
            return string.Create(CultureInfo.InvariantCulture, $"uid {peer.Uid} may read here, and not change the {server}'s state");
        }

        Log.Asked(logger, path, context.Request.QueryString.Value ?? "", ProcessName.Of(peer.Pid), peer.Uid);
        context.Features.Set(peer);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(301, LogLevel.Information, "Operation asked for: {Path}{Query} by {Process}, uid {Uid}")]
        public static partial void Asked(ILogger logger, string path, string query, string process, uint uid);

        [LoggerMessage(302, LogLevel.Warning, "Operation refused: {Path} by pid {Pid}, uid {Uid}")]
        public static partial void Refused(ILogger logger, string path, int pid, uint uid);
    }
}
