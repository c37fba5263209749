using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Api;

internal sealed partial class RequestRouter
{
    private static partial class Log
    {
        [LoggerMessage(300, LogLevel.Error, "A request failed: {Method} {Path}")]
        public static partial void RequestFailed(ILogger logger, string method, string path, Exception failure);

        [LoggerMessage(301, LogLevel.Information, "Operation asked for: {Path}{Query} by {Process}, uid {Uid}")]
        public static partial void OperationAsked(ILogger logger, string path, string query, string process, uint uid);

        [LoggerMessage(302, LogLevel.Warning, "Operation refused: {Path} by pid {Pid}, uid {Uid}")]
        public static partial void OperationRefused(ILogger logger, string path, int pid, uint uid);
    }
}
