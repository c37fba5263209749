using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Forewarn.Daemon.Roles;

/// <summary>Logs go to stderr: with systemd's level prefixes when it reads them, else one plain line each.</summary>
internal static class AgentLogging
{
    public static ILoggerFactory Create(LogLevel level) => LoggerFactory.Create(logging =>
    {
        logging.SetMinimumLevel(level);
        // systemd.exec(5): set when stdout or stderr is connected to the journal.
        if (Environment.GetEnvironmentVariable("JOURNAL_STREAM") is not null) logging.AddSystemdConsole();
        else logging.AddSimpleConsole(options => (options.SingleLine, options.TimestampFormat) = (true, "HH:mm:ss "));
        logging.Services.Configure<ConsoleLoggerOptions>(Configure);
    });

    /// <summary>Who reads the log may hang; whoever writes a line must not, and drops it: events are in the store.</summary>
    public static void Configure(ConsoleLoggerOptions options)
        => (options.LogToStandardErrorThreshold, options.QueueFullMode) = (LogLevel.Trace, ConsoleLoggerQueueFullMode.DropWrite);
}
