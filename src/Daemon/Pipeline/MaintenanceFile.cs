using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Pipeline;

/// <summary>Carries maintenance over a restart of the agent. Whatever is wrong with the file costs that, nothing else.</summary>
internal sealed partial class MaintenanceFile(string path, ILogger logger)
{
    /// <summary>Null when nobody works at the node, or the time for it is over.</summary>
    public Maintenance? Load(DateTimeOffset now)
    {
        try
        {
            if (!File.Exists(path)) return null;
            var stored = JsonSerializer.Deserialize(File.ReadAllBytes(path), MaintenanceJson.Default.Maintenance);
            return stored is null || stored.IsOver(now) ? null : stored;
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            Log.NotRead(logger, path, exception.Message);
            return null;
        }
    }

    /// <summary>Replaces the file as a whole, or removes it. Null when that was done, else why not.</summary>
    public string? Save(Maintenance? maintenance)
    {
        try
        {
            if (maintenance is null)
            {
                File.Delete(path);
                return null;
            }

            var draft = path + ".new";
            File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(maintenance, MaintenanceJson.Default.Maintenance));
            File.Move(draft, path, overwrite: true);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotWritten(logger, path, exception.Message);
            return exception.Message;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 150, Level = LogLevel.Warning, Message = "maintenance was not read, the node counts as in service: {Reason} [file `{File}`]")]
        public static partial void NotRead(ILogger logger, string file, string reason);

        [LoggerMessage(EventId = 151, Level = LogLevel.Warning, Message = "maintenance was not written, a restart will not know of it: {Reason} [file `{File}`]")]
        public static partial void NotWritten(ILogger logger, string file, string reason);
    }
}

[JsonSerializable(typeof(Maintenance))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class MaintenanceJson : JsonSerializerContext;
