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
    public async Task A_queue_that_was_completed_gives_what_it_has_and_then_ends()
    {
        var queue = new SampleQueue();
        queue.Add(Numbered(queue, 1));
        queue.Complete();
        Assert.True(await queue.WaitAsync());
        Assert.True(queue.TryTake(out _));
        Assert.False(await queue.WaitAsync());
        queue.Add(Numbered(queue, 2)); // a probe that is not yet ended; nothing happens
        Assert.False(queue.TryTake(out _));
    }

    [Fact(Timeout = 20_000)]
    public async Task A_full_event_queue_holds_up_whoever_adds_and_loses_nothing()
    {
        var queue = new EventQueue();
        var adding = Task.Factory.StartNew(() =>
        {
            for (var number = 0; number < 3000; number++) queue.Add(Event(number));
            queue.Complete();
        }, TaskCreationOptions.LongRunning);
        while (queue.Meter.Depth < queue.Meter.Capacity) await Task.Yield();
        Assert.False(adding.IsCompleted);

        var codes = new List<long>();
        await foreach (var happened in queue.ReadAllAsync()) codes.Add(happened.Code);
        await adding;
        Assert.Equal(Enumerable.Range(0, 3000).Select(number => (long)number), codes);
        Assert.Equal(0, queue.Meter.Dropped);
    }

    [Fact]
    public void An_event_after_the_end_holds_nobody_up()
    {
        var queue = new EventQueue();
        for (var number = 0; number < queue.Meter.Capacity; number++) queue.Add(Event(number));
        queue.Complete();
        queue.Add(Event(-1));
        Assert.Equal(queue.Meter.Capacity, queue.Meter.Depth);
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

    private static HealthEvent Event(int number) => new()
    {
        Kind = HealthEventKind.DriverError,
        Code = number,
        Text = "x",
        BootId = "",
        FirstSeen = default,
        LastSeen = default,
        Source = "nvml",
    };
}
