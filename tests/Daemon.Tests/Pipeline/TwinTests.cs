using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Forewarn.TestKit;
using static Forewarn.Daemon.Tests.Pipeline.Happening;

namespace Forewarn.Daemon.Tests.Pipeline;

/// <summary>One thing that the library and the kernel's log both tell of.</summary>
public sealed class TwinTests
{
    private readonly ManualTimeProvider _time = new(Start);
    private readonly EventQueue _queue;

    public TwinTests() => _queue = new EventQueue(_time);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_twin_within_two_seconds_adds_a_source_and_the_richer_words(bool libraryFirst)
    {
        var (library, kernel) = (Library(79, libraryFirst ? 0 : 1.9), Kernel(79, libraryFirst ? 1.9 : 0));
        Add(libraryFirst ? library : kernel);
        Add(libraryFirst ? kernel : library);
        var one = Assert.Single(Take()).Event;
        Assert.Equal((1L, "Xid 79, as logged", kernel.Raw), (one.Count, one.Text, one.Raw));
        Assert.Equal(libraryFirst ? ("nvml", "kmsg") : ("kmsg", "nvml"), (one.Source, Assert.Single(one.AlsoSeenBy)));
        Assert.NotNull(one.Detail);
    }

    [Fact]
    public void A_twin_of_what_was_told_is_told_without_growth()
    {
        Add(Library(79, 0));
        Take();
        At(1);
        Add(Kernel(79, 1));
        var record = Assert.Single(Take());
        Assert.Equal((1L, 0L, false), (record.Event.Count, record.Growth, record.IsNew));
    }

    [Fact]
    public void After_two_seconds_it_happened_again()
    {
        Add(Library(79, 0), Kernel(79, 2.1));
        Assert.Equal(2, Assert.Single(Take()).Event.Count);
    }

    [Fact]
    public void A_storm_that_both_tell_of_is_counted_once_and_what_one_missed_is_counted_all_the_same()
    {
        for (var i = 0; i < 100; i++)
        {
            Add(Kernel(13, i / 10.0, (ulong)i));
            if (i % 4 != 0) Add(Library(13, i / 10.0 + 0.02));
        }

        Assert.Equal(100, Assert.Single(Take()).Event.Count);
    }

    [Fact]
    public void Of_links_that_fail_together_each_has_its_twin()
    {
        Add(Kernel(74, 0, 1, link: 3), Kernel(74, 0, 2, link: 7), Library(74, 0.1), Library(74, 0.1));
        Assert.Equal([(3, 1L, 1), (7, 1L, 1)], Take().Select(record => (record.Event.Detail!.Link, record.Event.Count, record.Event.AlsoSeenBy.Length)));
    }

    [Fact]
    public void A_storm_of_one_link_stays_one_event()
    {
        for (var i = 0; i < 50; i++) Add(Library(74, i / 10.0), Kernel(74, (i / 10.0) + 0.01, (ulong)i, link: 3));
        var one = Assert.Single(Take()).Event;
        Assert.Equal((50L, 3), (one.Count, one.Detail!.Link));
    }

    [Fact]
    public void Two_cards_are_no_twins()
    {
        Add(Library(79, 0), Kernel(79, 0, card: Cards.At("0000:2a:00.0", "GPU-2")));
        Assert.Equal(2, Take().Count);
    }

    private void Add(params HealthEvent[] events)
    {
        foreach (var happened in events) _queue.Add(happened);
    }

    private List<EventRecord> Take() => QueuedEvents.RecordsOf(_queue);

    private void At(double seconds) => _time.Advance(Start + TimeSpan.FromSeconds(seconds) - _time.GetUtcNow());
}
