using System.Collections.Concurrent;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;

namespace Forewarn.Daemon.Recovery;

/// <summary>Keeps the newest checkpoint of each job that matters. Reading one takes its time and may hang: it is done beside the looks, never within.</summary>
/// <param name="read">Looks for one job's newest.</param>
/// <param name="time">The clock.</param>
internal sealed class CheckpointWatch(Func<ClusterJob, CancellationToken, Task<CheckpointReading>> read, TimeProvider time)
{
    // Own figure: each is a process of its own, and a file server that hangs holds all of them for as long as one may take.
    private const int AtOnce = 4;

    // Own figure: a folder is listed and verified in a second or so, and its file server has others to serve; but each checkpoint is to be seen once while it rests.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    // Own figure: a file's time may be some milliseconds older than the clock.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();

    // The last reading of each of these has all that are before it behind it.
    private readonly Task[] _last = [.. Enumerable.Repeat(Task.CompletedTask, AtOnce)];
    private readonly ConcurrentDictionary<string, Watched> _jobs = new(StringComparer.Ordinal);
    private int _begun;

    /// <summary>Told when a job's checkpoints were looked at for the first time, and of each new one: who waits for it need not wait for the next look. Must not wait.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>What is known of a job's checkpoints.</summary>
    public CheckpointSight Of(string job) => _jobs.GetValueOrDefault(job)?.Sight ?? new();

    /// <summary>Begins to read those whose turn it is, and forgets all others.</summary>
    public void Look(IEnumerable<ClusterJob> jobs, CancellationToken cancellation)
    {
        var wanted = jobs.Where(job => job.Contract.Directory.Length > 0).ToDictionary(job => job.Id, StringComparer.Ordinal);
        foreach (var gone in _jobs.Keys.Where(job => !wanted.ContainsKey(job))) _jobs.TryRemove(gone, out _);
        foreach (var job in wanted.Values)
        {
            var watched = _jobs.GetOrAdd(job.Id, static _ => new());
            lock (_gate)
            {
                if (watched.Reading is not { IsCompleted: false } && time.GetUtcNow() - watched.Began >= Period) Begin(job, watched, cancellation);
            }
        }
    }

    private void Begin(ClusterJob job, Watched watched, CancellationToken cancellation)
    {
        watched.Began = time.GetUtcNow();
        _begun = (_begun + 1) % AtOnce;
        watched.Reading = _last[_begun] = ReadAsync(job, watched, _last[_begun], cancellation);
    }

    private async Task ReadAsync(ClusterJob job, Watched watched, Task before, CancellationToken cancellation)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var began = time.GetUtcNow();
            var reading = await read(job, cancellation);
            // One that is gone for a moment, or cannot be read just now, is not taken back: it was seen complete.
            var known = watched.Sight;
            var newest = reading.Newest ?? known.Newest;
            var passed = newest?.Written - known.Newest?.Written;
            watched.Sight = new(newest, began, reading.IsReadable) { Interval = passed > TimeSpan.Zero ? passed : known.Interval };
            if (known.Read is null || watched.Sight.Newest != known.Newest) Changed();
            if (reading.Rested - time.GetUtcNow() is { } left && left <= RecoveryTimes.Rest) _ = ComeBackAsync(job, watched, left, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }

    // What lacks nothing but rest is looked at again as soon as it has had it, and not when its turn comes: a job may stand still for it.
    private async Task ComeBackAsync(ClusterJob job, Watched watched, TimeSpan left, CancellationToken cancellation)
    {
        await Task.Delay(left > TimeSpan.Zero ? left + Tick : Tick, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            var isWatched = ReferenceEquals(_jobs.GetValueOrDefault(job.Id), watched) && !cancellation.IsCancellationRequested;
            if (isWatched && watched.Reading is { IsCompleted: true }) Begin(job, watched, cancellation);
        }
    }

    private sealed class Watched
    {
        public DateTimeOffset Began { get; set; } = DateTimeOffset.MinValue;

        public Task? Reading { get; set; }

        public CheckpointSight Sight { get => Volatile.Read(ref field); set => Volatile.Write(ref field, value); } = new();
    }
}
