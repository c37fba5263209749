using System.Globalization;
using Forewarn.Daemon.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Fleet;

/// <summary>Who may give the controller orders: through its Unix socket, and there who the rule allows. Every order is logged with who gave it.</summary>
internal sealed partial class FleetOperators(OperatorRule rule, ILogger logger)
{
    /// <summary>Whether this request may; else why not, for its sender.</summary>
    public bool Admit(HttpContext context, string path, out string refusal)
    {
        if (Peer.UnixSocket(context) is not { } connection)
        {
            refusal = $"{path} gives an order and is answered on the controller's Unix socket alone";
            return false;
        }

        var peer = PeerCredentials.Of(connection);
        if (!rule.Allows(peer))
        {
            refusal = string.Create(CultureInfo.InvariantCulture, $"uid {peer.Uid} may look here, and not give orders");
            Log.Refused(logger, path, peer.Pid, peer.Uid);
            return false;
        }

        var process = ProcessName.Of(peer.Pid);
        Log.Asked(logger, path, process, peer.Uid);
        context.Features.Set(peer);
        refusal = "";
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 507, Level = LogLevel.Information, Message = "an order: {Path} [process `{Process}` uid `{Uid}`]")]
        public static partial void Asked(ILogger logger, string path, string process, uint uid);

        [LoggerMessage(EventId = 508, Level = LogLevel.Warning, Message = "an order was refused: {Path} [pid `{Pid}` uid `{Uid}`]")]
        public static partial void Refused(ILogger logger, string path, int pid, uint uid);
    }
}
