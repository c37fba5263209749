using System.Collections.Concurrent;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;

namespace Forewarn.Daemon.Recovery;

/// <summary>Keeps the newest checkpoint of each job that matters. Reading one takes its time and may hang: it is done beside the looks, never within.</summary>
/// <param name="read">Reads one job's newest; null where there is none, or nobody could read.</param>
/// <param name="time">The clock.</param>
internal sealed class CheckpointWatch(Func<ClusterJob, CancellationToken, Task<SeenCheckpoint?>> read, TimeProvider time)
{
    // Own figure: a folder is listed and verified in a second or so, and its file server has others to serve.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Watched> _jobs = new(StringComparer.Ordinal);

    /// <summary>The newest that was found complete; null while none is known.</summary>
    public SeenCheckpoint? Newest(string job) => _jobs.GetValueOrDefault(job)?.Newest;

    /// <summary>Begins to read those whose turn it is, and forgets all others.</summary>
    public void Look(IEnumerable<ClusterJob> jobs, CancellationToken cancellation)
    {
        var wanted = jobs.Where(job => job.Contract.Directory.Length > 0).ToDictionary(job => job.Id, StringComparer.Ordinal);
        foreach (var gone in _jobs.Keys.Where(job => !wanted.ContainsKey(job))) _jobs.TryRemove(gone, out _);
        foreach (var job in wanted.Values)
        {
            var watched = _jobs.GetOrAdd(job.Id, static _ => new());
            if (watched.Reading is { IsCompleted: false } || time.GetUtcNow() - watched.Began < Period) continue;
            watched.Began = time.GetUtcNow();
            watched.Reading = ReadAsync(job, watched, cancellation);
        }
    }

    private async Task ReadAsync(ClusterJob job, Watched watched, CancellationToken cancellation)
    {
        try
        {
            // One that is gone for a moment, or cannot be read just now, is not taken back: it was seen complete.
            if (await read(job, cancellation) is { } newest) watched.Newest = newest;
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }

    private sealed class Watched
    {
        public DateTimeOffset Began { get; set; } = DateTimeOffset.MinValue;

        public Task? Reading { get; set; }

        public SeenCheckpoint? Newest { get; set; }
    }
}
