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

    // Of these: a decision waits for the first look at a job's folder, which is not to wait for looks at folders that are known.
    private const int FirstAtOnce = 2;

    // Own figure: a folder is listed and verified in a second or so, and its file server has others to serve; but each checkpoint is to be seen once while it rests.
    private static readonly TimeSpan AwaitedPeriod = TimeSpan.FromSeconds(2);

    // Own figure: how much a move would lose is known to ten seconds, and of many jobs in trouble the looks do not take the machine.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    // Own figure: a file's time may be some milliseconds older than the clock.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly Lanes _first = new(FirstAtOnce);
    private readonly Lanes _again = new(AtOnce - FirstAtOnce);
    private readonly ConcurrentDictionary<string, Watched> _jobs = new(StringComparer.Ordinal);

    /// <summary>Told when a job's checkpoints were looked at for the first time, and of each new one: who waits for it need not wait for the next look. Must not wait.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>What is known of a job's checkpoints.</summary>
    public CheckpointSight Of(string job) => _jobs.GetValueOrDefault(job)?.Sight ?? new();

    /// <summary>Begins to read those whose turn it is, and forgets all others.</summary>
    /// <param name="jobs">Jobs whose checkpoints matter.</param>
    /// <param name="isAwaited">Somebody waits for a checkpoint of it: it is looked at more often.</param>
    /// <param name="cancellation">The program ends.</param>
    public void Look(IEnumerable<ClusterJob> jobs, Func<string, bool> isAwaited, CancellationToken cancellation)
    {
        var wanted = jobs.Where(job => job.Contract.Directory.Length > 0).ToDictionary(job => job.Id, StringComparer.Ordinal);
        foreach (var gone in _jobs.Keys.Where(job => !wanted.ContainsKey(job))) _jobs.TryRemove(gone, out _);
        foreach (var job in wanted.Values) Look(job, isAwaited(job.Id) ? AwaitedPeriod : Period, cancellation);
    }

    /// <summary>Begins to read those that were never looked at.</summary>
    public void LookAtNew(IEnumerable<ClusterJob> jobs, CancellationToken cancellation)
    {
        foreach (var job in jobs.Where(job => job.Contract.Directory.Length > 0 && !_jobs.ContainsKey(job.Id))) Look(job, Period, cancellation);
    }

    private void Look(ClusterJob job, TimeSpan period, CancellationToken cancellation)
    {
        var watched = _jobs.GetOrAdd(job.Id, static _ => new());
        lock (_gate)
        {
            if (watched.Reading is not { IsCompleted: false } && time.GetUtcNow() - watched.Began >= period) Begin(job, watched, cancellation);
        }
    }

    private void Begin(ClusterJob job, Watched watched, CancellationToken cancellation)
    {
        var lanes = watched.Reading is null ? _first : _again;
        watched.Began = time.GetUtcNow();
        watched.Reading = lanes.Next(before => ReadAsync(job, watched, before, cancellation));
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

    /// <summary>So many readings at once; the last of a lane has all that are before it behind it.</summary>
    private sealed class Lanes(int count)
    {
        private readonly Task[] _last = [.. Enumerable.Repeat(Task.CompletedTask, count)];
        private int _begun;

        public Task Next(Func<Task, Task> begin)
        {
            _begun = (_begun + 1) % count;
            return _last[_begun] = begin(_last[_begun]);
        }
    }

    private sealed class Watched
    {
        public DateTimeOffset Began { get; set; } = DateTimeOffset.MinValue;

        public Task? Reading { get; set; }

        public CheckpointSight Sight { get => Volatile.Read(ref field); set => Volatile.Write(ref field, value); } = new();
    }
}
