using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Fleet;

/// <summary>
/// The one that writes. While one commit waits for the disk, what comes gathers for the next; whoever posted is told when it lies there. While the disk
/// refuses, nothing is called stored, and the agents send it again.
/// </summary>
internal sealed partial class FleetWriter(Func<FleetStore> open, ILogger logger, TimeProvider time) : IAsyncDisposable
{
    // Own figures: as many reports as can wait at once, some 10 MB; and so many in one commit that those behind them do not wait for long.
    private const int Capacity = 8192;
    private const int MostAtOnce = 512;

    // Own figure: a disk that refused is left in peace for so long.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Channel<FleetEntry> _entries = Channel.CreateBounded<FleetEntry>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Lock _gate = new();
    private FleetStore? _store;
    private Task _writing = Task.CompletedTask;
    private long? _refusedAt;

    /// <summary>Why the disk refuses; null while it takes.</summary>
    public string? Refusal { get; private set; }

    public void Start() => _writing = Task.Run(RunAsync);

    /// <summary>Never waits. False when there is no room: then it is not stored.</summary>
    public bool TryPost(FleetEntry entry) => _entries.Writer.TryWrite(entry);

    /// <summary>Asks the store; the other where the disk refuses.</summary>
    public T Ask<T>(Func<FleetStore, T> ask, T otherwise)
    {
        lock (_gate)
        {
            if (_refusedAt is { } last && time.GetElapsedTime(last) < Pause) return otherwise;
            try
            {
                var result = ask(_store ??= open());
                _refusedAt = null;
                Report(null);
                return result;
            }
            catch (FleetStoreException exception)
            {
                if (exception.IsDamaged) Close();
                _refusedAt = time.GetTimestamp();
                Report(exception.Message);
                return otherwise;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _writing;
        lock (_gate) Close();
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

    private void Close()
    {
        _store?.Dispose();
        _store = null;
    }

    private void Report(string? refusal)
    {
        var before = Refusal;
        Refusal = refusal;
        if (refusal is not null && before is null) Log.Refused(logger, refusal);
        else if (refusal is null && before is not null) Log.Taken(logger);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 501, Level = LogLevel.Error, Message = "reports cannot be stored; the agents keep what happened until they can: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(EventId = 502, Level = LogLevel.Information, Message = "reports are stored again")]
        public static partial void Taken(ILogger logger);
    }
}
