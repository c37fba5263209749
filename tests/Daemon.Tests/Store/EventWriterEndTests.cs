using Forewarn.Daemon.Store;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Store;

public class EventWriterEndTests
{
    [Fact]
    public void An_assessment_that_is_late_posts_to_nobody_and_lives()
    {
        using var folder = new TemporaryFolder();
        var writer = new EventWriter(
            delegate { return SqliteEventStore.Open(EventStoreFile.PathIn(folder.Path)); }, new EventStream(), TimeSpan.FromDays(14), new ManualTimeProvider(), NullLogger.Instance);
        writer.Recall();
        writer.Dispose();
        writer.Post(SomeEvents.Batch((1, SomeEvents.Xid(79))));
        Assert.Equal(1, writer.Meter.Held);
    }
}
