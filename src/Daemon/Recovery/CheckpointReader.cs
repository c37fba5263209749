using System.ComponentModel;
using System.Globalization;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Daemon.Checkpoints;
using Forewarn.Model;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Recovery;

/// <summary>Finds a job's newest complete checkpoint as <c>forewarn checkpoint latest</c> does: as the job's user, in a child that may be lost.</summary>
internal sealed partial class CheckpointReader(CheckpointExamination examination, TimeProvider time, ILogger logger)
{
    // Own figure: long enough for a busy file server, short enough that the next reading is not put off for ever.
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(20);

    /// <summary>The newest, and whether it could be looked for at all.</summary>
    public async Task<CheckpointReading> ReadAsync(ClusterJob job, CancellationToken cancellation)
    {
        if (job.UserId < 0) return CheckpointReading.Failed; // whose it is must be known: nobody else's eyes will do
        var order = new CheckpointOrder
        {
            Root = job.Contract.Directory,
            Format = job.Contract.Format.Length > 0 ? job.Contract.Format : null,
            Now = time.GetUtcNow(),
            Settle = RecoveryTimes.Rest, // shorter than for a person who asks; what its format promises is verified all the same
            Ranks = job.Contract.Ranks, // its tasks do not tell: not every rank of every layout writes a file
            User = job.UserId.ToString(CultureInfo.InvariantCulture),
        };
        try
        {
            var answer = await examination.RunAsync(order, Within, progress: null, cancellation);
            if (answer.Trouble is { } trouble) Log.NotRead(logger, trouble, job.Id, job.Contract.Directory);
            var newest = answer.Verdicts.FirstOrDefault(verdict => verdict.IsComplete)?.Checkpoint;
            var unsettled = answer.Verdicts.Select(verdict => verdict.Checkpoint).FirstOrDefault(one => one.Completeness == CheckpointCompleteness.Unsettled);
            return new(newest is null ? null : new(newest.Path, newest.Step ?? -1, newest.Time), answer.Trouble is null, unsettled?.Time + RecoveryTimes.Rest);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or IOException or TimeoutException)
        {
            Log.NotRead(logger, exception.Message, job.Id, job.Contract.Directory);
            return CheckpointReading.Failed;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 400, Level = LogLevel.Debug, Message = "the checkpoints of a job could not be read whole: {Reason} [job `{Job}` directory `{Directory}`]")]
        public static partial void NotRead(ILogger logger, string reason, string job, string directory);
    }
}
