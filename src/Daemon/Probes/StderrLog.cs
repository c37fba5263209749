using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Probes;

/// <summary>
/// Passes on what vendor libraries print, at most so many lines a minute for each probe, cut to a length; the rest is counted and said once.
/// </summary>
internal sealed partial class StderrLog(ILogger logger, TimeProvider time)
{
    private const int LinesPerMinute = 20;
    private const int LongestLine = 500;

    public void Drain(Stream stderr, string source, int pid)
    {
        var lines = new BoundedLines(stderr, LongestLine);
        var minute = time.GetTimestamp();
        var (passed, dropped) = (0, 0);
        while (lines.Next() is { } line)
        {
            if (time.GetElapsedTime(minute) >= TimeSpan.FromMinutes(1))
            {
                if (dropped > 0) Log.LinesDropped(logger, source, pid, dropped);
                (minute, passed, dropped) = (time.GetTimestamp(), 0, 0);
            }

            if (passed++ < LinesPerMinute) Log.LibrarySaid(logger, source, pid, line);
            else dropped++;
        }

        if (dropped > 0) Log.LinesDropped(logger, source, pid, dropped);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "library output: {Line} [source `{Source}` pid `{Pid}`]")]
        public static partial void LibrarySaid(ILogger logger, string source, int pid, string line);

        [LoggerMessage(EventId = 102, Level = LogLevel.Warning, Message = "library output: {Count} more lines left out [source `{Source}` pid `{Pid}`]")]
        public static partial void LinesDropped(ILogger logger, string source, int pid, int count);
    }
}
