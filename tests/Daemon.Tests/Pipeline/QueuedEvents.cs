using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Pipeline;

/// <summary>What stands in an event queue now.</summary>
internal static class QueuedEvents
{
    public static List<HealthEvent> Of(EventQueue events) => [.. RecordsOf(events).Select(record => record.Event)];

    public static List<EventRecord> RecordsOf(EventQueue events)
    {
        var all = new List<EventRecord>();
        events.Take(all, out _);
        return all;
    }
}
