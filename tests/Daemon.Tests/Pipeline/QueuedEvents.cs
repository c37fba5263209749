using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Pipeline;

/// <summary>What stands in an event queue now.</summary>
internal static class QueuedEvents
{
    public static List<HealthEvent> Of(EventQueue events)
    {
        var all = new List<HealthEvent>();
        var reader = events.ReadAllAsync().GetAsyncEnumerator();
        while (events.Meter.Depth > 0)
        {
            var next = reader.MoveNextAsync();
            Assert.True(next.IsCompletedSuccessfully && next.Result);
            all.Add(reader.Current);
        }

        return all;
    }
}
