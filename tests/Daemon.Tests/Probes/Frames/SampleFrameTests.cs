using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Tests.Sampling;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Probes.Frames;

public sealed class SampleFrameTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly PipePair _pipe = new();
    private readonly SampleFrame _frame;
    private readonly List<(int CallGroup, long Nanoseconds)> _calls = [];

    public SampleFrameTests() => _frame = new SampleFrame(new FrameBuilder(FrameBytes.Generation), _pipe.Batch);

    public void Dispose() => _pipe.Dispose();

    [Fact]
    public void What_was_measured_comes_out_as_it_went_in()
    {
        _frame.Begin(3, SampleGroup.Slow, Noon);
        _frame.Value(SignalId.Power, 652.502);
        _frame.None(SignalId.Energy, NoDataReason.SymbolMissing);
        _frame.Value(SignalId.LinkErrorsReplay, 12, instance: 17);
        _frame.Called(4, 1_500_000);
        _frame.Called(5, 7_000_000_000); // longer than 32 bits of nanoseconds: a slow call is the one whose time matters
        Assert.Equal(2, _frame.Values);

        var sample = Assert.Single(Sent());
        Assert.Equal((SampleGroup.Slow, Noon), (sample.Group, sample.Time));
        Assert.Equal(
            [Reading.Of(SignalId.Power, 652.502), Reading.None(SignalId.Energy, NoDataReason.SymbolMissing), Reading.Of(SignalId.LinkErrorsReplay, 12, 17)],
            sample.Readings.ToArray());
        Assert.Equal([(4, 1_500_000), (5, 7_000_000_000)], _calls);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void What_is_no_number_is_invalid_and_no_value(double nonsense)
    {
        _frame.Begin(0, SampleGroup.Fast, Noon);
        _frame.Value(SignalId.Power, nonsense);
        Assert.Equal(0, _frame.Values);
        Assert.Equal(Reading.None(SignalId.Power, NoDataReason.Invalid), Assert.Single(Assert.Single(Sent()).Readings.ToArray()));
    }

    [Fact]
    public void A_foreign_probe_cannot_bring_in_what_is_no_number()
    {
        var sample = new Sample();
        Assert.True(SampleFrameReader.TryRead(Payload(builder => Row(builder, (ushort)SignalId.Power, 0, 0, double.NaN)), sample, Called));
        Assert.Equal(Reading.None(SignalId.Power, NoDataReason.Invalid), Assert.Single(sample.Readings.ToArray()));
    }

    [Fact]
    public void Readings_beyond_one_frame_follow_in_the_next_and_none_is_lost()
    {
        _frame.Begin(9, SampleGroup.Slow, Noon);
        for (ushort link = 0; link < 250; link++)
        {
            _frame.Value(SignalId.LinkErrorsReplay, link, link);
            _frame.Value(SignalId.LinkErrorsRecovery, link, link);
        }

        _frame.Called(14, 1);
        var samples = Sent();
        Assert.True(samples.Count > 1);
        Assert.All(samples, sample => Assert.Equal((SampleGroup.Slow, Noon), (sample.Group, sample.Time)));
        Assert.Equal(500, samples.Sum(sample => sample.Readings.Length));
        Assert.Equal(Enumerable.Range(0, 250), samples.SelectMany(sample => sample.Readings.ToArray())
            .Where(reading => reading.Signal == SignalId.LinkErrorsRecovery).Select(reading => (int)reading.Instance));
        Assert.Equal([(14, 1L)], _calls); // once, not once a frame
    }

    [Fact]
    public void A_full_pipe_loses_the_sample_and_says_so()
    {
        _pipe.Fill();
        _frame.Begin(0, SampleGroup.Fast, Noon);
        _frame.Value(SignalId.Power, 1);
        Assert.False(_frame.TrySend() && _pipe.Batch.TryFlush());
        _pipe.Drain();
        Assert.True(_pipe.Batch.TryFlush()); // nothing of it is left to be sent with the next
        Assert.Equal(0, _pipe.Drain().Length);
    }

    [Fact]
    public void A_sample_whose_first_frame_found_the_pipe_full_is_lost_as_a_whole()
    {
        _pipe.Fill();
        _frame.Begin(0, SampleGroup.Slow, Noon);
        for (ushort link = 0; link < 250; link++) _frame.Value(SignalId.LinkUp, 1, link);
        for (ushort link = 0; link < 250; link++) _frame.Value(SignalId.LinkErrorsReplay, 1, link);
        for (ushort link = 0; link < 250; link++) _frame.Value(SignalId.LinkErrorsRecovery, 1, link);
        _pipe.Drain();
        Assert.False(_frame.TrySend());
        Assert.True(_pipe.Batch.TryFlush());
        Assert.Equal(0, _pipe.Drain().Length);
    }

    [Fact]
    public void A_signal_that_is_not_in_the_catalogue_is_refused()
        => Assert.False(Accepts(builder => Row(builder, (ushort)SignalCatalog.All.Length, 0, 0, 1)));

    [Fact]
    public void An_absence_that_has_no_name_is_refused()
        => Assert.False(Accepts(builder => Row(builder, (ushort)SignalId.Power, 0, 13, 0)));

    [Fact]
    public void Only_a_signal_with_instances_may_have_one_and_at_most_256()
    {
        Assert.True(Accepts(builder => Row(builder, (ushort)SignalId.LinkUp, 255, 0, 1)));
        Assert.False(Accepts(builder => Row(builder, (ushort)SignalId.LinkUp, 256, 0, 1)));
        Assert.False(Accepts(builder => Row(builder, (ushort)SignalId.Power, 1, 0, 1)));
    }

    [Fact]
    public void A_broken_payload_is_refused_and_its_durations_are_not_counted()
    {
        var whole = Payload(builder => Row(builder, (ushort)SignalId.Power, 0, 0, 1));
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.False(SampleFrameReader.TryRead(whole.AsSpan(0, length), new Sample(), Called)));
        Assert.Empty(_calls);
        Assert.True(SampleFrameReader.TryRead(whole, new Sample(), Called));
        Assert.Equal([(1, 5L), (2, 6L)], _calls);
    }

    [Fact]
    public void A_sample_costs_no_memory_on_either_side()
    {
        var sample = new Sample();
        Action<int, long> called = static (_, _) => { };
        Once(sample, called);
        Assert.Equal(0, Allocated.By(() => Once(sample, called)));
    }

    private void Once(Sample sample, Action<int, long> called)
    {
        _frame.Begin(3, SampleGroup.Fast, Noon);
        for (var signal = SignalId.TemperatureGpu; signal < SignalId.LinkUp; signal++) _frame.Value(signal, 1);
        _frame.Called(0, 1);
        _frame.TrySend();
        _pipe.Batch.TryFlush();
        sample.Clear();
        SampleFrameReader.TryRead(_pipe.Drain()[FrameHeader.Size..], sample, called);
    }

    private void Called(int callGroup, long nanoseconds) => _calls.Add((callGroup, nanoseconds));

    private bool Accepts(Action<FrameBuilder> row) => SampleFrameReader.TryRead(Payload(row), new Sample(), Called);

    private List<Sample> Sent()
    {
        Assert.True(_frame.TrySend() && _pipe.Batch.TryFlush());
        var (frames, refused, kept) = FrameBytes.Read(_pipe.Drain().ToArray());
        Assert.Equal((0, 0L), (refused, kept));
        return [.. frames.Select(frame =>
        {
            var sample = new Sample();
            Assert.True(SampleFrameReader.TryRead(frame.Payload, sample, Called));
            return sample;
        })];
    }

    /// <summary>A sample of one row, with two calls behind it.</summary>
    private static byte[] Payload(Action<FrameBuilder> row) => FrameBytes.Payload(FrameBytes.Of(FrameType.Sample, builder =>
    {
        builder.Begin();
        builder.UInt16(0).Byte(0).Byte(0).Int64(Noon.UtcTicks).UInt16(1);
        row(builder);
        builder.UInt16(2).UInt16(1).Int64(5).UInt16(2).Int64(6);
    }));

    private static void Row(FrameBuilder builder, ushort signal, ushort instance, byte absence, double value)
        => builder.UInt16(signal).UInt16(instance).Byte(absence).Byte(0).Double(value);
}
