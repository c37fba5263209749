using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Tests.Probes;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Pipeline;

public class AssessorTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly SampleQueue _samples = new();
    private readonly EventQueue _events = new();
    private readonly NodeView _view;
    private readonly DeviceView _card;
    private readonly Assessor _assessor;

    public AssessorTests()
    {
        _view = new NodeView(new NodeFacts { Name = "n1", BootId = "boot-1", Version = "1", Started = _time.GetUtcNow() });
        _card = _view.Upsert(Cards.At("0000:18:00.0", "GPU-1"), new SourceView("nvml", DriverErrorCatalog.Xid, _time.GetUtcNow()));
        _assessor = new Assessor(_samples, _view, _events, _time);
    }

    [Fact]
    public void The_first_measurement_is_as_it_should_be_and_no_event()
    {
        Fast(Reading.Of(SignalId.Power, 300));
        Assert.Equal((DevicePresence.Measured, NoDataReason.None, ""), State());
        Assert.Empty(Told());
    }

    [Theory]
    [InlineData(NoDataReason.DeviceLost, DevicePresence.Lost, NoDataReason.DeviceLost, "does not answer any more")]
    [InlineData(NoDataReason.ResetRequired, DevicePresence.Lost, NoDataReason.ResetRequired, "must be reset")]
    [InlineData(NoDataReason.DriverNotLoaded, DevicePresence.Unknown, NoDataReason.DriverNotLoaded, "driver is not loaded")]
    [InlineData(NoDataReason.NoPermission, DevicePresence.Unknown, NoDataReason.NoPermission, "for want of a permission")]
    [InlineData(NoDataReason.TimedOut, DevicePresence.Unknown, NoDataReason.TimedOut, "no reading of this card succeeds")]
    public void What_every_reading_says_becomes_the_presence(NoDataReason answer, DevicePresence presence, NoDataReason reason, string words)
    {
        Fast(Reading.Of(SignalId.Power, 300));
        Fast(Reading.None(SignalId.Power, answer), Reading.None(SignalId.UtilizationJpeg, NoDataReason.NotSupported));
        Assert.Equal((presence, reason), (_card.Presence.Presence, _card.Presence.Reason));
        Assert.Contains(words, Assert.Single(Told()), StringComparison.Ordinal);

        Fast(Reading.None(SignalId.Power, answer));
        Assert.Empty(Told()); // it was told

        _time.Advance(TimeSpan.FromSeconds(1));
        Fast(Reading.Of(SignalId.Power, 300));
        Assert.Equal((DevicePresence.Measured, NoDataReason.None, ""), State());
        Assert.Equal($"{presence} → Measured", Assert.Single(Told()));
        Assert.Equal(_time.GetUtcNow(), _card.Presence.Since);
    }

    [Fact]
    public void A_card_that_was_never_measured_and_is_lost_is_an_event()
    {
        Fast(Reading.None(SignalId.Power, NoDataReason.DeviceLost));
        Assert.StartsWith("Unknown → Lost", Assert.Single(Told()), StringComparison.Ordinal);
    }

    [Fact]
    public void One_value_among_absences_is_presence_enough()
    {
        Fast(Reading.None(SignalId.Power, NoDataReason.TimedOut), Reading.None(SignalId.ClockSm, NoDataReason.DeviceLost), Reading.Of(SignalId.TemperatureGpu, 40));
        Assert.Equal(DevicePresence.Measured, _card.Presence.Presence);
    }

    [Fact]
    public void Slow_readings_are_kept_and_do_not_judge_presence()
    {
        Fast(Reading.Of(SignalId.Power, 300));
        Take(SampleGroup.Slow, 1, Reading.None(SignalId.EccCorrected, NoDataReason.NotSupported));
        Assert.Equal(DevicePresence.Measured, _card.Presence.Presence);
        Assert.Equal(2, _card.CopyReadings(new Reading[10]));
    }

    [Fact]
    public void A_sample_of_a_probe_that_was_ended_is_not_believed()
    {
        _card.BelieveFrom(5);
        Take(SampleGroup.Fast, 4, Reading.Of(SignalId.Power, 300));
        Assert.Equal(DevicePresence.Unknown, _card.Presence.Presence);
        Assert.Equal(0, _card.CopyReadings(new Reading[10]));
        Take(SampleGroup.Fast, 5, Reading.Of(SignalId.Power, 300));
        Assert.Equal(DevicePresence.Measured, _card.Presence.Presence);
    }

    [Fact]
    public void A_sample_of_a_card_that_is_not_known_is_let_go()
    {
        var sample = _samples.Rent();
        sample.Device = Cards.At("0000:5d:00.0", "GPU-9");
        _samples.Add(sample);
        Assert.True(_assessor.TakeOne());
        Assert.Equal(1, _assessor.Turns);
        Assert.Same(sample, _samples.Rent());
    }

    [Fact]
    public void The_steady_state_costs_no_memory()
    {
        for (var i = 0; i < 10; i++) Fast(Reading.Of(SignalId.Power, 300), Reading.Of(SignalId.Energy, i));
        var turn = 0;
        Assert.Equal(0, Allocated.By(() => Refill(turn++)));
    }

    private void Refill(int turn)
    {
        var sample = _samples.Rent();
        (sample.Device, sample.Group, sample.Generation) = (_card.Device, SampleGroup.Fast, 1);
        sample.Add(Reading.Of(SignalId.Energy, turn + 100));
        _samples.Add(sample);
        _assessor.TakeOne();
    }

    private (DevicePresence, NoDataReason, string) State() => (_card.Presence.Presence, _card.Presence.Reason, _card.Presence.Detail);

    private void Fast(params Reading[] readings) => Take(SampleGroup.Fast, 1, readings);

    private void Take(SampleGroup group, uint generation, params Reading[] readings)
    {
        var sample = _samples.Rent();
        (sample.Device, sample.Group, sample.Time, sample.Generation) = (_card.Device, group, _time.GetUtcNow(), generation);
        foreach (var reading in readings) Assert.True(sample.Add(reading));
        _samples.Add(sample);
        Assert.True(_assessor.TakeOne());
    }

    private List<string> Told() => [.. QueuedEvents.Of(_events).Select(happened => happened.Text)];
}
