using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Replay;

/// <summary>Recorded readings, from the file to the report, as <c>forewarn replay --samples</c> has it: what looks like trouble and is none, and what is.</summary>
public class SampleReplayTests
{
    private static readonly SignalId[] Counters = [SignalId.EccCorrected, SignalId.EccCorrectedDram, SignalId.PcieReplays, SignalId.PcieErrorsCorrectable];

    private static readonly int[] Hidden = [48, 79, 95];

    private readonly RecordedCards _cards = new();

    [Fact]
    public async Task A_driver_that_counts_a_hundred_and_seventy_times_as_much_from_now_on() => await QuietAsync(More(_cards));

    [Fact]
    public async Task One_error_that_counts_is_found_beside_such_a_driver() => await FindAsync(11, More, 48);

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(86_400 * 400)]
    [InlineData(-86_400 * 400)]
    public async Task A_clock_that_is_set(double seconds) => await QuietAsync(Set(_cards, seconds));

    [Theory]
    [InlineData(21, 48, 3600)]
    [InlineData(22, 79, -3600)]
    [InlineData(23, 95, 86_400 * 400)]
    [InlineData(24, 79, -86_400 * 400)]
    public async Task One_error_that_counts_is_found_though_the_clock_is_set(int seed, int code, double seconds) => await FindAsync(seed, cards => Set(cards, seconds), code);

    [Fact]
    public async Task Hours_without_a_reading() => await QuietAsync(Gaps(_cards));

    [Fact]
    public async Task One_error_that_counts_is_found_between_or_in_hours_without_a_reading() => await FindAsync(31, Gaps, 95);

    [Fact]
    [Trait("Category", "Slow")]
    public async Task One_error_that_counts_is_found_whatever_the_recording()
    {
        for (var seed = 100; seed < 130; seed++)
        {
            await FindAsync(seed, More, Hidden[seed % 3]);
            await FindAsync(seed, Gaps, Hidden[seed % 3]);
            await FindAsync(seed, cards => Set(cards, seed % 2 == 0 ? 86_400 * 400 : -3600), Hidden[seed % 3]);
        }
    }

    [Fact]
    public async Task One_error_that_counts_is_found_when_it_came_in_the_gap_or_with_the_step()
    {
        await FoundAsync(Gaps(new RecordedCards().Hide(6, 79, 300)), 6, "in the gap");
        await FoundAsync(More(new RecordedCards().Hide(1, 48, 600)), 1, "with the step");
        await FoundAsync(Set(new RecordedCards().Hide(2, 95, 600), -3600), 2, "with the clock");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3600)]
    public async Task A_storm_of_corrected_errors_is_found_on_its_card_be_the_clock_set_back_before_it_or_not(double seconds)
    {
        _cards.Turns(120, Counting(100));
        _cards.Now += TimeSpan.FromSeconds(seconds);
        var began = _cards.Now;
        _cards.Turns(90, (card, second) => [.. Counting(100)(card, second).Skip(card == 5 ? 1 : 0), .. card == 5 ? (Reading[])[Reading.Of(Counters[0], 100 + (4600.0 * second))] : []]);
        var raised = (await Replayed.SamplesAsync(_cards.Lines)).AboveWatch();
        Assert.Equal(("ecc-corrected-rate", RecordedCards.Id(5)), (Assert.Single(raised).Rule, raised[0].Device));
        Assert.InRange(raised[0].Time - began, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Errors_that_the_driver_reports_while_it_is_recorded_are_events()
    {
        _cards.Turns(60, Counting(100), (card, _) => card == 2 ? 4 : 0).Turns(60, Counting(100), (card, _) => card switch { 2 => 4, 3 => 1, _ => 0 });
        var report = await Replayed.SamplesAsync(_cards.Lines);
        Assert.Equal((1, RecordedCards.Id(3)), (report.Events, Assert.Single(report.AboveWatch()).Device));
    }

    [Fact]
    public async Task A_line_that_is_torn_or_of_something_else_is_counted_and_passed_over()
    {
        var lines = _cards.Turns(10, Counting(1)).Lines.ToList();
        lines.InsertRange(5, [lines[0][..100], "null", "{}", "[]", """{"simulated":false,"node":"n","time":"2026-03-01T00:00:00Z","devices":null}"""]);
        Assert.Equal((5, RecordedCards.Count, 0), await Replayed.SamplesAsync(lines) is { } report ? (report.Refused, report.Devices, report.Alarms) : default);
    }

    private static Func<int, int, Reading[]> Counting(double counted) => (_, second) =>
    [
        .. Counters.Select(signal => Reading.Of(signal, counted + (second / 300))), Reading.Of(SignalId.UtilizationGpu, 0.9), Reading.Of(SignalId.TemperatureGpu, 55),
        Reading.Of(SignalId.Energy, 1e6 + (600.0 * second)),
    ];

    private static RecordedCards More(RecordedCards cards) => cards.Turns(600, Counting(100)).Turns(600, Counting(17_000));

    private static RecordedCards Set(RecordedCards cards, double seconds)
    {
        cards.Turns(600, Counting(100));
        cards.Now += TimeSpan.FromSeconds(seconds);
        return cards.Turns(600, Counting(160));
    }

    private static RecordedCards Gaps(RecordedCards cards)
    {
        cards.Turns(300, Counting(100));
        for (var gap = 0; gap < 3; gap++)
        {
            cards.Now += TimeSpan.FromHours(5);
            cards.Turns(300, Counting(130 + (30 * gap)));
        }

        return cards;
    }

    /// <summary>An error that counts, on a random card at a random place of the 1,200 lines.</summary>
    private static async Task FindAsync(int seed, Func<RecordedCards, RecordedCards> record, int code)
    {
        var random = new Random(seed);
        // What the first line has already came before the recording; what comes with the last is never judged.
        var (card, turn) = (random.Next(RecordedCards.Count), random.Next(1, 1199));
        await FoundAsync(record(new RecordedCards().Hide(card, code, turn)), card, $"seed {seed}, Xid {code} at line {turn}");
    }

    private static async Task FoundAsync(RecordedCards cards, int card, string why)
    {
        var report = await Replayed.SamplesAsync(cards.Lines);
        Assert.Equal((0L, 1L), (report.Refused, report.Events));
        report.AlarmOf(KernelStorm.Address(card), why);
    }

    private static async Task QuietAsync(RecordedCards cards)
    {
        var report = await Replayed.SamplesAsync(cards.Lines);
        Assert.Equal((0, 0), (report.Refused, report.Alarms));
        Assert.Empty(report.AboveWatch());
        Assert.Equal(RecordedCards.Count, report.Devices);
    }
}
