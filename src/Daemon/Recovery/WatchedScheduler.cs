using System.Collections.Immutable;
using Forewarn.Controller.Schedulers;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Recovery;

/// <summary>A scheduler, with a sign of life before and behind each thing that it is asked for, and what jobs declared wrongly.</summary>
/// <param name="scheduler">The scheduler.</param>
/// <param name="turned">The sign of life.</param>
/// <param name="logger">Takes a new complaint once.</param>
internal sealed partial class WatchedScheduler(IScheduler scheduler, Action turned, ILogger logger) : IScheduler
{
    private ImmutableArray<string> _complaints = [];

    public string Name => scheduler.Name;

    /// <summary>What jobs declared and could not be understood, at the last whole reading.</summary>
    public ImmutableArray<string> Complaints => _complaints;

    public async Task<ClusterReading> ReadAsync(CancellationToken cancellation)
    {
        turned();
        var reading = await scheduler.ReadAsync(cancellation);
        turned();
        if (reading.Sight is null) return reading;
        foreach (var complaint in reading.Complaints.Except(_complaints, StringComparer.Ordinal)) Log.NotUnderstood(logger, complaint);
        _complaints = reading.Complaints;
        return reading;
    }

    public async Task<string?> DoAsync(SchedulerAct act, CancellationToken cancellation)
    {
        turned();
        var trouble = await scheduler.DoAsync(act, cancellation);
        turned();
        return trouble;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 410, Level = LogLevel.Warning, Message = "what a job declares is not understood, and left out: {Complaint}")]
        public static partial void NotUnderstood(ILogger logger, string complaint);
    }
}
