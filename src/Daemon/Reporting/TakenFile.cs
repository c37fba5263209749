using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Reporting;

/// <summary>
/// Carries the number up to which events were taken over a restart of the agent. Whatever is wrong with the file costs that some are sent twice, and
/// the controller knows them by their numbers.
/// </summary>
internal sealed partial class TakenFile(string path, ILogger logger)
{
    private TakenNumber? _saved;
    private bool _isRefused;

    public TakenNumber Load()
    {
        try
        {
            if (File.Exists(path)) _saved = JsonSerializer.Deserialize(File.ReadAllBytes(path), TakenJson.Default.TakenNumber);
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            Log.NotRead(logger, exception.Message, path);
        }

        return _saved ?? TakenNumber.None;
    }

    /// <summary>Replaces the file as a whole, unless it says the same.</summary>
    public void Save(TakenNumber taken)
    {
        if (taken == _saved) return;
        try
        {
            var draft = path + ".new";
            File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(taken, TakenJson.Default.TakenNumber));
            File.Move(draft, path, overwrite: true);
            (_saved, _isRefused) = (taken, false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_isRefused) Log.NotWritten(logger, exception.Message, path); // once, not with every report
            _isRefused = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 340, Level = LogLevel.Warning, Message = "it is not known what the controller has taken, all that is kept is sent again: {Reason} [file `{File}`]")]
        public static partial void NotRead(ILogger logger, string reason, string file);

        [LoggerMessage(EventId = 341, Level = LogLevel.Warning, Message = "what the controller has taken cannot be written down, a restart will send it again: {Reason} [file `{File}`]")]
        public static partial void NotWritten(ILogger logger, string reason, string file);
    }
}

[JsonSerializable(typeof(TakenNumber))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class TakenJson : JsonSerializerContext;
