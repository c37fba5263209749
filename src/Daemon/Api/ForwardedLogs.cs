using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Api;

/// <summary>Sends what the web host logs to the agent's own loggers.</summary>
internal sealed class ForwardedLogs(ILoggerFactory loggers) : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => loggers.CreateLogger(categoryName);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The loggers are the agent's.
    }
}
