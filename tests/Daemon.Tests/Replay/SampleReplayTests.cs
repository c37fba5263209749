using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Replay;

/// <summary>Recorded readings, from the file to the report, as <c>forewarn replay --samples</c> has it: what looks like trouble and is none, and what is.</summary>
public class SampleReplayTests
{
    private static readonly SignalId[] Counters = [SignalId.EccCorrected, SignalId.EccCorrectedDram, SignalId.PcieReplays, SignalId.PcieErrorsCorrectable];

    private readonly RecordedCards _cards = new();

    [Fact]
    public async Task A_driver_that_counts_a_hundred_and_seventy_times_as_much_from_now_on()
        => await QuietAsync(_cards.Turns(600, Counting(100)).Turns(600, Counting(17_000)));

    [Theory]
    [InlineData(3600)]
    [InlineData(-3600)]
    [InlineData(86_400 * 400)]
    [InlineData(-86_400 * 400)]
    public async Task A_clock_that_is_set(double seconds)
    {
        _cards.Turns(600, Counting(100));
        _cards.Now += TimeSpan.FromSeconds(seconds);
        await QuietAsync(_cards.Turns(600, Counting(160)));
    }

    [Fact]
    public async Task Hours_without_a_reading()
    {
        _cards.Turns(300, Counting(100));
        for (var gap = 0; gap < 3; gap++)
        {
            _cards.Now += TimeSpan.FromHours(5);
            _cards.Turns(300, Counting(130 + (30 * gap)));
        }

        await QuietAsync(_cards);
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

    private static async Task QuietAsync(RecordedCards cards)
    {
        var report = await Replayed.SamplesAsync(cards.Lines);
        Assert.Equal((0, 0), (report.Refused, report.Alarms));
        Assert.Empty(report.AboveWatch());
        Assert.Equal(RecordedCards.Count, report.Devices);
    }
}
