using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Fleet;

/// <summary>
/// The one that writes, and the way to what lies there. While one commit waits for the disk, what comes gathers for the next; whoever posted is told when it lies there. While
/// the disk refuses, nothing is called stored, and the agents send it again. A disk that hangs holds the thread that writes and one that reads, and no request.
/// </summary>
/// <param name="open">Opens the store, again where the disk refused; told true where the file was found broken. Throws <see cref="FleetStoreException"/>.</param>
/// <param name="logger">Says when the disk refuses and when it takes again.</param>
/// <param name="time">The clock.</param>
internal sealed partial class FleetWriter(Func<bool, FleetStore> open, ILogger logger, TimeProvider time) : IAsyncDisposable
{
    // Own figures: as many reports as can wait at once, some 10 MB; and so many in one commit that those behind them do not wait for long.
    private const int Capacity = 8192;
    private const int MostAtOnce = 512;

    // Own figure: a disk that refused is left in peace for so long.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // Own figure: an agent waits 10 s for its answer; what cannot be read within this is answered without.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<FleetEntry> _entries = Channel.CreateBounded<FleetEntry>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Lock _gate = new();
    private readonly Lock _telling = new();
    private readonly SemaphoreSlim _reading = new(1);
    private FleetStore? _store;
    private Task _writing = Task.CompletedTask;
    private long? _refusedAt;
    private bool _isBroken;

    /// <summary>Why the disk refuses; null while it takes.</summary>
    public string? Refusal { get; private set; }

    public void Start() => _writing = Task.Run(RunAsync);

    /// <summary>Opens the store and asks it, before anything is written. A broken file is moved aside. Throws <see cref="FleetStoreException"/> where it cannot be read.</summary>
    public T Recall<T>(Func<FleetStore, T> ask)
    {
        lock (_gate)
        {
            try
            {
                return ask(_store = open(false));
            }
            catch (FleetStoreException exception) when (exception.IsDamaged)
            {
                Close();
                return ask(_store = open(true));
            }
        }
    }

    /// <summary>Never waits. False when there is no room: then it is not stored.</summary>
    public bool TryPost(FleetEntry entry) => _entries.Writer.TryWrite(entry);

    /// <summary>Has the store do something; the other where the disk refuses. Waits for the disk, however long: for threads that nobody waits for.</summary>
    public T Ask<T>(Func<FleetStore, T> ask, T otherwise)
    {
        lock (_gate)
        {
            if (IsResting) return otherwise;
            if (_isBroken) Close();
            var result = Guarded(() => ask(_store ??= open(_isBroken)), otherwise, out var refusal);
            if (refusal is null) lock (_telling) (_refusedAt, _isBroken) = (null, false);
            Report(refusal);
            return result;
        }
    }

    /// <summary>Reads what lies there; the other where the disk refuses, or does not answer in time. One reads at a time, on a thread of its own.</summary>
    public async Task<T> ReadAsync<T>(Func<FleetStore, T> ask, T otherwise)
    {
        if (IsResting || Volatile.Read(ref _store) is not { } store) return otherwise;
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await _reading.WaitAsync(patience.Token);
            return await Task.Run(() => Alone(() => ask(store), otherwise), CancellationToken.None).WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            return otherwise;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _writing;
        lock (_gate) Close();
    }

    private bool IsResting
    {
        get
        {
            lock (_telling) return _refusedAt is { } last && time.GetElapsedTime(last) < Pause;
        }
    }

    private async Task RunAsync()
    {
        var batch = new List<FleetEntry>(MostAtOnce);
        while (await _entries.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MostAtOnce && _entries.Reader.TryRead(out var entry)) batch.Add(entry);
            var isStored = Ask(store =>
            {
                store.Commit(batch);
                return true;
            }, otherwise: false);
            foreach (var entry in batch) entry.Complete(isStored);
        }
    }

    private T Alone<T>(Func<T> ask, T otherwise)
    {
        try
        {
            var result = Guarded(ask, otherwise, out var refusal);
            if (refusal is not null) Report(refusal);
            return result;
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Whatever goes wrong is a refusal, a defect of ours as well: who ended at it would store nothing any more, and nobody would see.</summary>
    private T Guarded<T>(Func<T> ask, T otherwise, out string? refusal)
    {
        refusal = null;
        try
        {
            return ask();
        }
        catch (FleetStoreException exception)
        {
            lock (_telling) (_refusedAt, _isBroken) = (time.GetTimestamp(), _isBroken || exception.IsDamaged);
            refusal = exception.Message;
        }
        catch (Exception defect)
        {
            Log.BrokenOff(logger, defect);
            lock (_telling) _refusedAt = time.GetTimestamp();
            refusal = $"a defect of Forewarn: {defect.GetType().Name}: {defect.Message}";
        }

        return otherwise;
    }

    private void Close()
    {
        var store = _store;
        Volatile.Write(ref _store, null);
        store?.Dispose();
    }

    private void Report(string? refusal)
    {
        lock (_telling)
        {
            var before = Refusal;
            Refusal = refusal;
            if (refusal is not null && before is null) Log.Refused(logger, refusal);
            else if (refusal is null && before is not null) Log.Taken(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 501, Level = LogLevel.Error, Message = "reports cannot be stored; the agents keep what happened until they can: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(EventId = 502, Level = LogLevel.Information, Message = "reports are stored again")]
        public static partial void Taken(ILogger logger);

        [LoggerMessage(EventId = 509, Level = LogLevel.Critical, Message = "what was asked of the fleet's store was broken off by a defect of Forewarn")]
        public static partial void BrokenOff(ILogger logger, Exception defect);
    }
}
