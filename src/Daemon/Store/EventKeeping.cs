using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Store;

/// <summary>The store with all that belongs to it: the file, the writer, the stream, and the log as its first listener.</summary>
internal sealed class EventKeeping : IAsyncDisposable
{
    // Own figure: whoever reads our log has taken its last lines by then, or is as stuck as the rest of the node.
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(1);

    private readonly EventJournal _journal;
    private readonly TimeProvider _time;
    private Task _logging = Task.CompletedTask;

    /// <param name="directory">Where it lies.</param>
    /// <param name="keep">How long events are kept.</param>
    /// <param name="bootId">Of this boot, for the events of the store itself.</param>
    /// <param name="happened">Takes those: they go the way of all others.</param>
    /// <param name="loggers">Takes events and troubles.</param>
    /// <param name="time">The clock.</param>
    public EventKeeping(string directory, TimeSpan keep, string bootId, Action<HealthEvent> happened, ILoggerFactory loggers, TimeProvider time)
    {
        _time = time;
        var logger = loggers.CreateLogger("forewarn.store");
        var file = new EventStoreFile(directory, logger, time)
        {
            Made = () => Emptied?.Invoke(),
            Moved = (reason, aside) => Happened($"the event store was broken ({reason}); it was moved aside as {aside}, and an empty one took its place"),
        };
        _journal = new EventJournal(loggers.CreateLogger("forewarn.events"));
        Writer = new EventWriter(file.Open, Stream, keep, time, logger)
        {
            Changed = refusal => Happened(refusal is null ? "events are stored again" : $"events cannot be stored: {refusal}"),
        };
        Recalled = Writer.Recall();

        void Happened(string text) => happened(new HealthEvent
        {
            Kind = HealthEventKind.SourceChanged,
            Text = text,
            BootId = bootId,
            FirstSeen = time.GetUtcNow(),
            LastSeen = time.GetUtcNow(),
            Source = "store",
        });
    }

    public EventStream Stream { get; } = new();

    public EventWriter Writer { get; }

    /// <summary>What an earlier run left.</summary>
    public StoredState Recalled { get; }

    /// <summary>Called, by the thread that writes, when an empty file took the place of another or of none: what was stored before is to be posted again.</summary>
    public Action? Emptied { get; set; }

    public void Start()
    {
        _logging = LogAsync(Stream.Listen());
        Writer.Start();
    }

    /// <summary>Stores and tells what was posted, then ends those who listen.</summary>
    public async ValueTask DisposeAsync()
    {
        Writer.Dispose();
        Stream.Complete();
        try
        {
            await _logging.WaitAsync(LongestFarewell, _time);
        }
        catch (TimeoutException)
        {
            // The log takes nothing any more; the events are stored.
        }
    }

    private async Task LogAsync(Listener<Announcement> listener)
    {
        while (true)
        {
            using (listener)
            {
                await foreach (var announcement in listener.Told.ReadAllAsync())
                {
                    if (announcement.Record.IsNew) _journal.Tell(announcement.Record.Event);
                }
            }

            if (!listener.CutOff.IsCancellationRequested) return;
            listener = Stream.Listen();
            _journal.TellOfGap();
        }
    }
}
