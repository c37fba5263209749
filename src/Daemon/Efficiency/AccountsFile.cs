using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Efficiency;

/// <summary>The accounts on disk. A file that is not understood is moved aside and named; it costs the past day's accounts, nothing else.</summary>
internal sealed partial class AccountsFile(string path, ILogger logger)
{
    private bool _isRefused;

    public StoredAccounts? Load()
    {
        try
        {
            if (!File.Exists(path)) return null;
            return Check(JsonSerializer.Deserialize(File.ReadAllBytes(path), StoredAccountsJson.Default.StoredAccounts));
        }
        catch (JsonException exception)
        {
            MoveAside(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotRead(logger, path, exception.Message);
        }

        return null;
    }

    /// <summary>Replaces the file as a whole, so that a crash leaves the old or the new one.</summary>
    public void Save(Action<Utf8JsonWriter> write)
    {
        try
        {
            var draft = path + ".new";
            using (var stream = File.Create(draft))
            using (var json = new Utf8JsonWriter(stream))
            {
                write(json);
            }

            File.Move(draft, path, overwrite: true);
            _isRefused = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_isRefused) Log.NotWritten(logger, path, exception.Message); // once, not every five minutes
            _isRefused = true;
        }
    }

    private static StoredAccounts Check(StoredAccounts? stored)
    {
        if (stored is not { Version: StoredAccounts.Current }) throw new JsonException("it is of a version that is not known");
        var histories = stored.Devices.Values.Concat(stored.Jobs.Select(job => job?.History));
        return histories.All(history => history is { IsSound: true }) ? stored : throw new JsonException("a bucket is not a time and seven sums");
    }

    private void MoveAside(string reason)
    {
        var aside = path + ".bad";
        try
        {
            File.Move(path, aside, overwrite: true);
            Log.MovedAside(logger, path, aside, reason);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotRead(logger, path, $"{reason}; nor can it be moved aside: {exception.Message}");
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 140, Level = LogLevel.Warning, Message = "efficiency accounts were not read, they begin anew: {Reason} [file `{File}`]")]
        public static partial void NotRead(ILogger logger, string file, string reason);

        [LoggerMessage(EventId = 141, Level = LogLevel.Warning, Message = "efficiency accounts were not understood, they begin anew: {Reason} [file `{File}` kept as `{Aside}`]")]
        public static partial void MovedAside(ILogger logger, string file, string aside, string reason);

        [LoggerMessage(EventId = 142, Level = LogLevel.Warning, Message = "efficiency accounts were not written, a restart will lose them: {Reason} [file `{File}`]")]
        public static partial void NotWritten(ILogger logger, string file, string reason);
    }
}
