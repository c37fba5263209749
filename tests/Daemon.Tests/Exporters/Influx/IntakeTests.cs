using Forewarn.Daemon.Exporters.Influx;
using Forewarn.Daemon.Pipeline;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

/// <summary>What waits before the outbox while a disk holds that up: here nobody hands it on until it is told to.</summary>
public sealed class IntakeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DeliveryView _meter = new("influx", "");
    private readonly Outbox _outbox;

    public IntakeTests() => _outbox = new(new SpoolFolder(Path.Join(_folder.Path, "spool"), _meter, new LogLines()), 1 << 30, _meter);

    public void Dispose()
    {
        _outbox.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Beyond_the_bound_of_memory_the_oldest_go_and_are_counted()
    {
        var intake = new Intake(_outbox, _meter);
        for (var second = 1; second <= 6; second++) intake.Add(new(new byte[1 << 20], 10, DateTimeOffset.FromUnixTimeSeconds(second)));
        Assert.Equal((60, 40, 20), (_meter.Taken, _meter.HeldPoints, _meter.Dropped(DropReason.NoSpool)));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(3), _meter.OldestHeld);

        intake.HandOn();
        Assert.Equal((60, 40, 20), (_meter.Taken, _meter.HeldPoints, _meter.Dropped(DropReason.NoSpool)));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(3), _outbox.Take()?.Taken);
    }

    [Fact]
    public void One_that_is_larger_than_the_bound_is_lost_and_counted_and_not_the_next()
    {
        var intake = new Intake(_outbox, _meter);
        intake.Add(new(new byte[Intake.MostMemory + 1], 10, DateTimeOffset.FromUnixTimeSeconds(1)));
        intake.Add(new(new byte[1], 1, DateTimeOffset.FromUnixTimeSeconds(2)));
        Assert.Equal((11, 1, 10), (_meter.Taken, _meter.HeldPoints, _meter.Dropped(DropReason.NoSpool)));
    }
}
