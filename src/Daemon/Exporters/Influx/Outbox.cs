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
    private LinkedListNode<Waiting>? _current;
    private long _sequence;

    // Sums over all that wait, kept as it comes and goes: the list may be long.
    private long _points;
    private long _memory;
    private long _files;
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

    /// <summary>Takes points that have been counted. Does not wait for the server, only for the disk, and for that only when memory alone does not do.</summary>
    public void Add(Batch batch)
    {
        lock (_gate)
        {
            _waiting.AddLast(new Waiting(++_sequence, batch.Taken, batch.Points) { Batch = batch });
            _points += batch.Points;
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
            while (_waiting.First is { } oldest)
            {
                _current = oldest;
                if ((oldest.Value.Batch ?? Read(oldest.Value)) is { } batch) return batch;
                Remove(oldest);
                Publish();
            }

            _current = null;
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
            _points += file.Points;
            meter.CountTaken(file.Points);
            _files++;
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
        for (var node = canWrite ? _waiting.First : null; node is not null; node = node.Next)
        {
            var waiting = node.Value;
            if (waiting is not { File: null, Batch: { } batch }) continue;
            if (batch.Packed.Length > mostDisk) continue; // no room for it however many go
            MakeRoom(batch.Packed.Length); // takes files out of the list, of which this is none
            if (_disk + batch.Packed.Length > mostDisk || spool.Write(waiting.Sequence, batch) is not { } file) break;
            (waiting.File, waiting.Batch) = (file, null);
            _memory -= batch.Packed.Length;
            _files++;
            _disk += file.Bytes;
        }

        while (_memory > MostMemory && Oldest(waiting => waiting.Batch is not null) is { } lost) Drop(lost, DropReason.NoSpool);
    }

    private void MakeRoom(long bytes)
    {
        while (_disk + bytes > mostDisk && Oldest(waiting => waiting.File is not null) is { } lost) Drop(lost, DropReason.SpoolFull);
    }

    private LinkedListNode<Waiting>? Oldest(Func<Waiting, bool> which)
    {
        for (var node = _waiting.First; node is not null; node = node.Next)
        {
            if (node != _current && which(node.Value)) return node;
        }

        return null;
    }

    private void Drop(LinkedListNode<Waiting> node, DropReason reason)
    {
        meter.CountDropped(reason, node.Value.Points);
        Remove(node);
    }

    private void Remove(LinkedListNode<Waiting> node)
    {
        _waiting.Remove(node);
        _points -= node.Value.Points;
        if (node.Value.Batch is { } batch) _memory -= batch.Packed.Length;
        if (node.Value.File is not { } file) return;
        spool.Remove(file);
        _files--;
        _disk -= file.Bytes;
    }

    private void Publish()
    {
        meter.Hold(_points, _waiting.First?.Value.Taken ?? default, _files, _disk);
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
    }
}
