using System.Globalization;
using Forewarn.Daemon.Store;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Fleet;

/// <summary>Where the fleet's store lies. A broken file is moved aside and named: it costs history, and the agents tell how they stand within seconds.</summary>
internal sealed partial class FleetStoreFile(string directory, ILogger logger, TimeProvider time)
{
    // As of an agent's store: enough to look into, and a disk that breaks file after file is not filled with them.
    private const int MostAside = 3;

    private static readonly string[] Suffixes = ["", "-wal", "-shm"];

    public string Path { get; } = System.IO.Path.Join(directory, "fleet.db");

    /// <summary>Opens it. Throws <see cref="FleetStoreException"/> when the disk refuses, or the place is no place for it.</summary>
    /// <param name="isBroken">It was found broken: a file that can be opened all the same is looked through first.</param>
    public FleetStore Open(bool isBroken = false)
    {
        if (FileSystemKind.WhyNot(directory) is { } reason) throw new FleetStoreException($"{directory}: {reason.Replace("Agent.", "Fleet.", StringComparison.Ordinal)}");
        try
        {
            return FleetStore.Open(Path, isBroken);
        }
        catch (FleetStoreException exception) when (exception.IsDamaged)
        {
            var aside = MoveAside(exception.Message);
            Log.Moved(logger, exception.Message, Path, aside);
            return FleetStore.Open(Path);
        }
    }

    private string MoveAside(string reason)
    {
        var aside = string.Create(CultureInfo.InvariantCulture, $"{Path}{EventStoreFile.Aside}{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}");
        try
        {
            foreach (var suffix in Suffixes)
            {
                if (File.Exists(Path + suffix)) File.Move(Path + suffix, aside + suffix, overwrite: true);
            }

            foreach (var old in Directory.EnumerateFiles(directory, $"{System.IO.Path.GetFileName(Path)}{EventStoreFile.Aside}*Z").Order(StringComparer.Ordinal).SkipLast(MostAside))
            {
                foreach (var suffix in Suffixes) File.Delete(old + suffix);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new FleetStoreException($"{Path} is broken ({reason}) and cannot be moved aside: {exception.Message}", exception);
        }

        return aside;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 500, Level = LogLevel.Error, Message = "the fleet's store was broken and was moved aside, an empty one takes its place: {Reason} [file `{File}` aside `{Aside}`]")]
        public static partial void Moved(ILogger logger, string reason, string file, string aside);
    }
}
