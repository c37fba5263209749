using Forewarn.Model;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Pipeline;

/// <summary>Tells of events in the log.</summary>
internal sealed partial class EventJournal(EventQueue events, ILogger logger)
{
    public async Task RunAsync()
    {
        await foreach (var happened in events.ReadAllAsync())
        {
            if (happened.Device is { } device) Log.DeviceEvent(logger, happened.Kind, happened.Text, happened.Source, device.Id.Value, device.PciAddress);
            else Log.SourceEvent(logger, happened.Kind, happened.Text, happened.Source);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 130, Level = LogLevel.Warning, Message = "{Kind}: {Text} [source `{Source}` device `{Device}` pci `{Pci}`]")]
        public static partial void DeviceEvent(ILogger logger, HealthEventKind kind, string text, string source, string device, string pci);

        [LoggerMessage(EventId = 131, Level = LogLevel.Warning, Message = "{Kind}: {Text} [source `{Source}`]")]
        public static partial void SourceEvent(ILogger logger, HealthEventKind kind, string text, string source);
    }
}
