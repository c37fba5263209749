using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Reporting;

/// <summary>Tells of trouble with the controller, each kind once in a spell, and of the spell's end: a controller that is away for a day is not this node's news.</summary>
internal sealed partial class ReportTrouble(ReportingView meter, TimeProvider time, ILogger logger)
{
    // A spell is over when it has been over for so long: a controller that fails every second report would fill the log otherwise.
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    private readonly HashSet<ReportVerdict> _told = [];
    private (DateTimeOffset Since, DateTimeOffset Until)? _over;

    /// <summary>A report was not taken.</summary>
    public void Take(ReportAnswer answer)
    {
        meter.Trouble = new(answer.Text, meter.Trouble?.Since ?? time.GetUtcNow());
        if (!_told.Add(answer.Verdict)) return;
        if (answer.NeedsSomebody) Log.NeedsSomebody(logger, answer.Text, answer.Remedy, answer.Verdict, meter.Target);
        else Log.Waits(logger, answer.Text, meter.Waiting, meter.Target);
    }

    /// <summary>A report was taken.</summary>
    public void End()
    {
        if (meter.Trouble is { } trouble) _over = (trouble.Since, time.GetUtcNow());
        meter.Trouble = null;
        if (_over is not { } over || time.GetUtcNow() - over.Until < LongEnough) return;
        Log.Over(logger, over.Until - over.Since, meter.Target);
        _over = null;
        _told.Clear();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 342, Level = LogLevel.Warning, Message = "the controller does not take reports, it is tried again until it does; {Waiting} events wait: {Reason} [controller `{Controller}`]")]
        public static partial void Waits(ILogger logger, string reason, long waiting, string controller);

        [LoggerMessage(EventId = 343, Level = LogLevel.Error, Message = "the controller hears nothing of this node until somebody sees to it: {Reason} (to do: {Remedy}) [trouble `{Trouble}` controller `{Controller}`]")]
        public static partial void NeedsSomebody(ILogger logger, string reason, string remedy, ReportVerdict trouble, string controller);

        [LoggerMessage(EventId = 344, Level = LogLevel.Information, Message = "the controller takes reports again after {Duration} [controller `{Controller}`]")]
        public static partial void Over(ILogger logger, TimeSpan duration, string controller);
    }
}
