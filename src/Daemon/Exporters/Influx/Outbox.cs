using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// Batches that wait, in the order in which they were taken: the newest in memory, at most <see cref="MostMemory"/> of them; while the server
/// is in trouble, and whenever memory is full, on disk, at most as many bytes as configured. Then the oldest go, counted in points. The one
/// that is being sent never goes.
/// </summary>
internal sealed class Outbox(SpoolFolder spool, long mostDisk, DeliveryView meter) : IDisposable
{
    /// <summary>Bytes; some 63 KB a minute were measured for eight H100 at the default interval.</summary>
    public const long MostMemory = 4 << 20;

    // With the waits of the back-off some ten minutes: a sector that is bad stays bad, and must not hold the others for ever.
    private const int MostRefusals = 16;

    private readonly Lock _gate = new();
    private readonly LinkedList<Waiting> _waiting = new();
    private readonly SemaphoreSlim _some = new(0, 1);
    private Waiting? _current;
    private long _sequence;
    private long _memory;
    private long _disk;
    private bool _isTroubled;
    private bool _isRecalled;

    /// <summary>Takes up what an earlier agent left; before anything else.</summary>
    public void Recall()
    {
        lock (_gate)
        {
            TryRecall();
            Publish();
        }
    }

    /// <summary>Does not wait for the server, only for the disk, and for that only when memory alone does not do.</summary>
    public void Add(Batch batch)
    {
        lock (_gate)
        {
            _waiting.AddLast(new Waiting(++_sequence, batch.Taken, batch.Points) { Batch = batch });
            _memory += batch.Packed.Length;
            if (_isTroubled || _memory > MostMemory) Spill();
            Publish();
        }
    }

    /// <summary>The oldest batch, which is now being sent; null when none waits. Throws as files do while the disk refuses; then nothing is lost.</summary>
    public Batch? Take()
    {
        lock (_gate)
        {
            while (_waiting.First?.Value is { } oldest)
            {
                _current = oldest;
                if ((oldest.Batch ?? Read(oldest)) is { } batch) return batch;
                Remove(oldest);
            }

            _current = null;
            Publish();
            return null;
        }
    }

    /// <summary>Completes when there may be one to take.</summary>
    public Task WaitAsync(CancellationToken stop) => _some.WaitAsync(stop);

    /// <summary>What is being sent has arrived, or is given up: it waits no longer.</summary>
    public void Done()
    {
        lock (_gate)
        {
            if (_current is { } done) Remove(done);
            _current = null;
            _isTroubled = false;
            Publish();
        }
    }

    /// <summary>The server is in trouble, or the agent ends: all that waits goes to the disk, and what comes follows it.</summary>
    public void Secure()
    {
        lock (_gate)
        {
            _isTroubled = true;
            Spill();
            Publish();
        }
    }

    public void Dispose() => _some.Dispose();

    // Before anything is written, whenever that is possible: else numbers would begin anew, and the bytes that are there would not count.
    private bool TryRecall()
    {
        if (_isRecalled) return true;
        if (spool.Scan(mayWrite: mostDisk > 0) is not { } files) return false;
        _isRecalled = true;
        var newer = _waiting.First;
        foreach (var file in files)
        {
            var waiting = new Waiting(file.Sequence, file.Taken, file.Points) { File = file };
            _ = newer is null ? _waiting.AddLast(waiting) : _waiting.AddBefore(newer, waiting);
            _disk += file.Bytes;
        }

        var last = files.Count > 0 ? files[^1].Sequence : 0;
        for (; newer is not null; newer = newer.Next) newer.Value.Sequence += last;
        _sequence += last;
        // Without a spool what an earlier one left is still sent.
        if (mostDisk > 0) MakeRoom(0);
        return true;
    }

    private Batch? Read(Waiting waiting)
    {
        try
        {
            return spool.Read(waiting.File!);
        }
        catch (Exception refusal) when (SpoolFolder.IsRefusal(refusal))
        {
            _current = null;
            if (++waiting.Refusals < MostRefusals) throw;
            spool.GiveUp(waiting.File!);
            return null;
        }
    }

    private void Spill()
    {
        var canWrite = mostDisk > 0 && TryRecall();
        foreach (var waiting in _waiting)
        {
            if (!canWrite) break;
            if (waiting is not { File: null, Batch: { } batch }) continue;
            if (batch.Packed.Length > mostDisk) continue; // no room for it however many go
            MakeRoom(batch.Packed.Length);
            if (_disk + batch.Packed.Length > mostDisk || spool.Write(waiting.Sequence, batch) is not { } file) break;
            (waiting.File, waiting.Batch) = (file, null);
            _memory -= batch.Packed.Length;
            _disk += file.Bytes;
        }

        DropGone();
        while (_memory > MostMemory && Oldest(waiting => waiting.Batch is not null) is { } lost) Drop(lost, DropReason.NoSpool);
    }

    private void MakeRoom(long bytes)
    {
        while (_disk + bytes > mostDisk && Oldest(waiting => waiting.File is not null) is { } lost)
        {
            // Not out of the list yet: the caller walks along it.
            meter.CountDropped(DropReason.SpoolFull, lost.Points);
            spool.Remove(lost.File!);
            _disk -= lost.File!.Bytes;
            (lost.File, lost.IsGone) = (null, true);
        }
    }

    private void DropGone()
    {
        for (var node = _waiting.First; node is not null;)
        {
            var next = node.Next;
            if (node.Value.IsGone) _waiting.Remove(node);
            node = next;
        }
    }

    private Waiting? Oldest(Func<Waiting, bool> which)
    {
        foreach (var waiting in _waiting)
        {
            if (waiting != _current && !waiting.IsGone && which(waiting)) return waiting;
        }

        return null;
    }

    private void Drop(Waiting waiting, DropReason reason)
    {
        meter.CountDropped(reason, waiting.Points);
        Remove(waiting);
    }

    private void Remove(Waiting waiting)
    {
        _waiting.Remove(waiting);
        if (waiting.Batch is { } batch) _memory -= batch.Packed.Length;
        if (waiting.File is not { } file) return;
        spool.Remove(file);
        _disk -= file.Bytes;
    }

    private void Publish()
    {
        DropGone();
        long points = 0, files = 0;
        foreach (var waiting in _waiting)
        {
            points += waiting.Points;
            if (waiting.File is not null) files++;
        }

        meter.Hold(points, _waiting.First?.Value.Taken ?? default, files, _disk);
        if (_waiting.Count > 0 && _some.CurrentCount == 0) _some.Release();
    }

    private sealed class Waiting(long sequence, DateTimeOffset taken, int points)
    {
        public long Sequence { get; set; } = sequence;

        public DateTimeOffset Taken => taken;

        public int Points => points;

        /// <summary>Null when it is on disk.</summary>
        public Batch? Batch { get; set; }

        /// <summary>Null when it is not.</summary>
        public SpoolFile? File { get; set; }

        /// <summary>How often the disk would not give it out.</summary>
        public int Refusals { get; set; }

        /// <summary>Was dropped while somebody walked along the list.</summary>
        public bool IsGone { get; set; }
    }
}
