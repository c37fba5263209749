using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Tests.Probes;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Pipeline;

public class QueueTests
{
    [Fact]
    public void A_full_sample_queue_drops_the_oldest_and_counts_it()
    {
        var queue = new SampleQueue();
        for (uint number = 1; number <= 260; number++) queue.Add(Numbered(queue, number));
        Assert.Equal((256, 256, 4L), (queue.Meter.Depth, queue.Meter.Capacity, queue.Meter.Dropped));
        Assert.True(queue.TryTake(out var oldest));
        Assert.Equal(5u, oldest.Generation);
    }

    [Fact]
    public void Samples_go_round_and_come_back_empty()
    {
        var queue = new SampleQueue();
        var sample = Numbered(queue, 1);
        sample.Add(Reading.Of(SignalId.Power, 1));
        queue.Add(sample);
        Assert.True(queue.TryTake(out var taken));
        queue.Return(taken);
        var rented = queue.Rent();
        Assert.Same(sample, rented);
        Assert.Equal(0, rented.Readings.Length);
        Assert.Null(rented.Device);
        Assert.NotSame(rented, queue.Rent());
    }

    [Fact]
    public void A_sample_that_was_dropped_is_used_again()
    {
        var queue = new SampleQueue();
        var first = Numbered(queue, 1);
        queue.Add(first);
        for (uint number = 2; number <= 257; number++) queue.Add(new Sample { Generation = number });
        Assert.Same(first, queue.Rent());
    }

    [Fact]
    public void The_steady_state_costs_no_memory()
    {
        var queue = new SampleQueue();
        Round(queue);
        Assert.Equal(0, Allocated.By(() => Round(queue)));
    }

    [Fact]
    public void A_queue_that_was_completed_gives_what_it_has_and_takes_no_more()
    {
        var (queue, arrived) = (new SampleQueue(), 0);
        queue.Arrived = () => arrived++;
        queue.Add(Numbered(queue, 1));
        queue.Complete();
        queue.Add(Numbered(queue, 2)); // a probe that is not yet ended; nothing happens
        queue.Announce();
        Assert.True(queue.TryTake(out _));
        Assert.False(queue.TryTake(out _));
        queue.Announce();
        Assert.Equal(1, arrived);
    }

    [Fact]
    public void Whoever_takes_is_woken_once_for_all_that_came_together()
    {
        var (queue, arrived) = (new SampleQueue(), 0);
        queue.Arrived = () => arrived++;
        for (uint number = 1; number <= 8; number++) queue.Add(Numbered(queue, number));
        Assert.Equal(0, arrived);
        queue.Announce();
        Assert.Equal(1, arrived);
    }

    private static void Round(SampleQueue queue)
    {
        var rented = queue.Rent();
        queue.Add(rented);
        if (queue.TryTake(out var taken)) queue.Return(taken);
    }

    private static Sample Numbered(SampleQueue queue, uint number)
    {
        var sample = queue.Rent();
        sample.Generation = number;
        return sample;
    }
}
