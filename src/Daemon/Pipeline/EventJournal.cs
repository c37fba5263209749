using Forewarn.Model;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Pipeline;

/// <summary>Tells of events in the log.</summary>
internal sealed partial class EventJournal(ILogger logger)
{
    public void Tell(HealthEvent happened)
    {
        if (happened.Device is { } device) Log.DeviceEvent(logger, happened.Kind, happened.Text, happened.Source, device.Id.Value, device.PciAddress);
        else Log.SourceEvent(logger, happened.Kind, happened.Text, happened.Source);
    }

    /// <summary>The log could not keep up with so much.</summary>
    public void TellOfGap() => Log.Gap(logger);

    private static partial class Log
    {
        [LoggerMessage(EventId = 130, Level = LogLevel.Warning, Message = "{Kind}: {Text} [source `{Source}` device `{Device}` pci `{Pci}`]")]
        public static partial void DeviceEvent(ILogger logger, HealthEventKind kind, string text, string source, string device, string pci);

        [LoggerMessage(EventId = 131, Level = LogLevel.Warning, Message = "{Kind}: {Text} [source `{Source}`]")]
        public static partial void SourceEvent(ILogger logger, HealthEventKind kind, string text, string source);

        [LoggerMessage(EventId = 132, Level = LogLevel.Warning, Message = "events came faster than they could be logged, some are missing here: forewarn events has them")]
        public static partial void Gap(ILogger logger);
    }
}
