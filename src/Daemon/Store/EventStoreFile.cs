using System.Globalization;
using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Store;

/// <summary>Where the store lies. A broken file is moved aside and named; it costs the events in it, nothing else.</summary>
internal sealed partial class EventStoreFile(string directory, ILogger logger, TimeProvider time)
{
    public string Path { get; } = System.IO.Path.Join(directory, "events.db");

    /// <summary>The name under which a broken file was kept; null when none was broken.</summary>
    public string? MovedAside { get; private set; }

    /// <summary>Opens it. Throws <see cref="EventStoreException"/> when the disk refuses, or the place is no place for it.</summary>
    public IEventStore Open()
    {
        if (FileSystemKind.WhyNot(directory) is { } reason) throw new EventStoreException($"{directory}: {reason}", null);
        try
        {
            return SqliteEventStore.Open(Path);
        }
        catch (EventStoreException exception) when (exception.IsDamaged)
        {
            MoveAside(exception.Message);
            return SqliteEventStore.Open(Path);
        }
    }

    /// <summary>Keeps the broken file under another name, with its log, so that somebody can look into it.</summary>
    public void MoveAside(string reason)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{Path}.corrupt-{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}");
        try
        {
            foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
            {
                if (File.Exists(Path + suffix)) File.Move(Path + suffix, aside + suffix, overwrite: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EventStoreException($"{Path} is broken ({reason}) and cannot be moved aside: {exception.Message}", exception);
        }

        MovedAside = aside;
        Log.Moved(logger, reason, Path, aside);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 300, Level = LogLevel.Error, Message = "the event store was broken and was moved aside, an empty one takes its place: {Reason} [file `{File}` aside `{Aside}`]")]
        public static partial void Moved(ILogger logger, string reason, string file, string aside);
    }
}
