using System.Collections.Immutable;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;
using Forewarn.TestKit;
using static Forewarn.Daemon.Tests.Pipeline.Happening;

namespace Forewarn.Daemon.Tests.Pipeline;

/// <summary>One line that matters among thousands of its code that do not.</summary>
public sealed class GravestLineTests
{
    private readonly ManualTimeProvider _time = new(Start);
    private readonly EventQueue _queue;

    public GravestLineTests() => _queue = new EventQueue(_time);

    [Fact]
    public void A_reset_that_one_line_of_a_storm_asks_for_is_raised()
    {
        var node = new AssessedNode();
        var card = node.Find("0000:18:00.0", "GPU-1");
        node.Events.Add(Contained(0, needsReset: false));
        node.Assessor.Turn();
        Assert.Equal(Severity.Watch, Assert.Single(card.Assessment!.Findings, finding => finding.Rule == "poison-contained").Severity);
        for (var i = 1; i <= 1000; i++) node.Events.Add(Contained(i, needsReset: i == 500));
        node.Pass(2);
        Assert.Equal(Severity.Failed, Assert.Single(card.Assessment!.Findings, finding => finding.Rule == "poison-contained").Severity);
        var told = node.Batches.SelectMany(batch => batch.Events).Where(record => record.Event.Kind == HealthEventKind.DriverError).ToList();
        Assert.Equal((1001L, true), (told.Sum(record => record.Growth), told[^1].Event.Detail!.NeedsReset));
        Assert.InRange(told.Count, 2, 3);
    }

    [Fact]
    public void Registers_that_say_hardware_are_not_lost_among_those_that_say_nothing()
    {
        var gravest = Storm(74, [0x0, 0x0, 0x0, 0x0, 0x100000, 0x0, 0x0], [0x100, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0]);
        Assert.Equal(0x100u, gravest.Registers[0]);
        Assert.Equal(Xid74Bit.PossiblyHardware, Xid74Registers.Decode(gravest.Registers));
    }

    [Fact]
    public void A_status_that_is_fatal_is_not_lost_among_those_that_are_not() => Assert.Equal(0x1u, Storm(145, [0x7, 0x2], [0x7, 0x1], "RLW_SRC_TRACK").Registers[1]);

    [Fact]
    public void Registers_that_ever_change_are_one_event()
    {
        for (uint i = 0; i < 5000; i++) Add(74, i, new() { Link = 3, Registers = [0, i, 0, 0, 0x100000, 0, 0] });
        Assert.Equal(5000, Assert.Single(Take()).Count);
    }

    [Fact]
    public void Of_equals_the_newest_speaks()
    {
        Add(94, 0, new() { NeedsReset = false, NeedsDrain = false, Place = "old" });
        Add(94, 1, new() { NeedsReset = false, NeedsDrain = false, Place = "new" });
        Assert.Equal("new", Assert.Single(Take()).Detail!.Place);
    }

    [Fact]
    public void What_says_how_things_are_now_is_replaced_by_what_comes_later()
    {
        Add(154, 0, new() { AdviceBefore = 0, Advice = 2 });
        Add(154, 1, new() { AdviceBefore = 2, Advice = 0 });
        Assert.Equal(0, Assert.Single(Take()).Detail!.Advice);
    }

    private EventDetail Storm(long code, ImmutableArray<uint> usual, ImmutableArray<uint> rare, string unit = "")
    {
        for (var i = 0; i < 1000; i++) Add(code, i, new() { Link = 3, Unit = unit, Registers = i == 300 ? rare : usual });
        return Assert.Single(Take()).Detail!;
    }

    private void Add(long code, double milliseconds, EventDetail detail) => _queue.Add(Kernel(code, milliseconds / 1000) with { Detail = detail });

    private List<HealthEvent> Take() => QueuedEvents.Of(_queue);

    private static HealthEvent Contained(int milliseconds, bool needsReset) => Kernel(94, milliseconds / 1000.0, (ulong)milliseconds + 1) with
    {
        Detail = new() { Unit = "LTC", NeedsReset = needsReset, NeedsDrain = false },
    };
}
