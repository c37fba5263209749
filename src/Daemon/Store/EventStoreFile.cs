using System.Globalization;
using Forewarn.Daemon.Files;
using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Store;

/// <summary>Where the store lies. A broken file is moved aside and named; it costs the events in it, nothing else.</summary>
internal sealed partial class EventStoreFile(string directory, ILogger logger, TimeProvider time)
{
    /// <summary>What the names of files that were moved aside go on with.</summary>
    public const string Aside = ".corrupt-";

    // Own figure: enough to look into, and a disk that breaks file after file is not filled with them.
    private const int MostAside = 3;

    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    public string Path { get; } = PathIn(directory);

    /// <summary>Told why a broken file was moved aside, and its new name.</summary>
    public Action<string, string>? Moved { get; set; }

    /// <summary>Told when a file was made: what an earlier one had is not in it.</summary>
    public Action? Made { get; set; }

    public static string PathIn(string directory) => System.IO.Path.Join(directory, "events.db");

    /// <summary>Files that were moved aside, the latest last.</summary>
    public static IReadOnlyList<string> MovedAside(string directory) =>
        [.. Directory.EnumerateFiles(directory, $"events.db{Aside}*Z").Order(StringComparer.Ordinal)];

    /// <summary>Opens it. Throws <see cref="EventStoreException"/> when the disk refuses, or the place is no place for it.</summary>
    /// <param name="isBroken">It was found broken: a file that can be opened all the same is looked through first.</param>
    public IEventStore Open(bool isBroken = false)
    {
        if (FileSystemKind.WhyNot(directory) is { } reason) throw new EventStoreException($"{directory}: {reason}", null);
        var isNew = !File.Exists(Path);
        var isLost = isNew && IsLost();
        try
        {
            var store = SqliteEventStore.Open(Path, isLost ? EventNumbers.Beyond(time) : 0, isBroken);
            if (isNew) Made?.Invoke();
            return store;
        }
        catch (EventStoreException exception) when (exception.IsDamaged)
        {
            var aside = MoveAside(exception.Message);
            Log.Moved(logger, exception.Message, Path, aside);
            var fresh = SqliteEventStore.Open(Path, EventNumbers.Beyond(time));
            Made?.Invoke();
            Moved?.Invoke(exception.Message, aside);
            return fresh;
        }
    }

    /// <summary>An agent was here before, and its events are not: somebody took the file away, with the numbers that it had given.</summary>
    private bool IsLost()
    {
        try
        {
            return Directory.Exists(directory)
                && Directory.EnumerateFileSystemEntries(directory, "*", new EnumerationOptions()).Any(entry => System.IO.Path.GetFileName(entry) != StateLock.FileName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // On a disk that fails a file that is there may seem not to be.
            throw new EventStoreException($"{directory} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Keeps the broken file under another name, with its log, so that somebody can look into it.</summary>
    private string MoveAside(string reason)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{Path}{Aside}{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}");
        try
        {
            foreach (var suffix in Suffixes)
            {
                if (File.Exists(Path + suffix)) File.Move(Path + suffix, aside + suffix, overwrite: true);
            }

            foreach (var old in MovedAside(directory).SkipLast(MostAside))
            {
                foreach (var suffix in Suffixes) File.Delete(old + suffix);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new EventStoreException($"{Path} is broken ({reason}) and cannot be moved aside: {exception.Message}", exception);
        }

        return aside;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 300, Level = LogLevel.Error, Message = "the event store was broken and was moved aside, an empty one takes its place: {Reason} [file `{File}` aside `{Aside}`]")]
        public static partial void Moved(ILogger logger, string reason, string file, string aside);
    }
}
