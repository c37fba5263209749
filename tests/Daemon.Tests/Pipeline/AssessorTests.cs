using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Tests.Probes;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Pipeline;

public class AssessorTests
{
    private readonly AssessedNode _node = new();
    private readonly DeviceView _card;

    public AssessorTests() => _card = _node.Find("0000:18:00.0", "GPU-1");

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

        _node.Time.Advance(TimeSpan.FromSeconds(1));
        Fast(Reading.Of(SignalId.Power, 300));
        Assert.Equal((DevicePresence.Measured, NoDataReason.None, ""), State());
        Assert.Equal($"{presence} → Measured", Assert.Single(Told()));
        Assert.Equal(_node.Time.GetUtcNow(), _card.Presence.Since);
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
        _node.Read(_card, SampleGroup.Slow, 1, Reading.None(SignalId.EccCorrected, NoDataReason.NotSupported));
        Assert.Equal(DevicePresence.Measured, _card.Presence.Presence);
        Assert.Equal(2, _card.CopyReadings(new Reading[10]));
    }

    [Fact]
    public void A_sample_of_a_probe_that_was_ended_is_not_believed()
    {
        _card.BelieveFrom(5);
        _node.Read(_card, SampleGroup.Fast, 4, Reading.Of(SignalId.Power, 300));
        Assert.Equal(DevicePresence.Unknown, _card.Presence.Presence);
        Assert.Equal(0, _card.CopyReadings(new Reading[10]));
        _node.Read(_card, SampleGroup.Fast, 5, Reading.Of(SignalId.Power, 300));
        Assert.Equal(DevicePresence.Measured, _card.Presence.Presence);
    }

    [Fact]
    public void A_sample_of_a_card_that_is_not_known_is_let_go()
    {
        var sample = _node.Samples.Rent();
        sample.Device = Cards.At("0000:5d:00.0", "GPU-9");
        _node.Samples.Add(sample);
        _node.Assessor.Turn();
        Assert.Same(sample, _node.Samples.Rent());
    }

    [Fact]
    public void The_steady_state_costs_no_memory()
    {
        for (var i = 0; i < 10; i++) Fast(Reading.Of(SignalId.Power, 300), Reading.Of(SignalId.Energy, i), Reading.Of(SignalId.RowRemapFailed, 0));
        _node.Pass(3);
        var turn = 0;
        Assert.Equal(0, Allocated.By(() => Refill(turn++)));
    }

    [Fact]
    public void A_driver_error_is_counted_by_its_growth_so_that_a_twin_is_none_of_its_own()
    {
        _node.Events.Add(Happening.Library(63, 0, _card.Device));
        _node.Assessor.Turn();
        _node.Events.Add(Happening.Kernel(63, 0.1, 7, card: _card.Device));
        _node.Events.Add(Happening.Kernel(94, 0.1, 8, card: _card.Device)); // seen by the log alone
        _node.Pass(2);
        Assert.Equal([(63L, 1L), (94L, 1L)], _card.DriverErrors.Select(error => (error.Key, error.Value)));
        Assert.Equal(8UL, _node.Batches.Last(batch => batch.Cursor is not null).Cursor!.Value.Sequence);
    }

    [Fact]
    public void Records_of_the_log_that_made_no_event_are_told_with_the_next_one_or_twice_a_minute()
    {
        _node.Events.Advance(new KernelCursor("boot-1", 1));
        _node.Pass(1);
        Assert.Equal(1UL, Assert.Single(_node.Batches).Cursor!.Value.Sequence);
        _node.Events.Advance(new KernelCursor("boot-1", 2));
        _node.Pass(28);
        Assert.Single(_node.Batches);
        _node.Events.Advance(new KernelCursor("boot-1", 3));
        _node.Pass(2);
        Assert.Equal(3UL, _node.Batches[1].Cursor!.Value.Sequence);
    }

    [Fact]
    public void The_thread_wakes_by_what_comes_and_ends_with_all_that_was_there()
    {
        var node = new AssessedNode(time: _node.Time);
        var card = node.Find("0000:18:00.0", "GPU-1");
        node.Assessor.Start();
        node.Events.Add(Happening.Library(63, 0, card.Device));
        node.Assessor.Stop();
        Assert.Equal(63, node.Posted.First().Code);
    }

    private void Refill(int turn)
    {
        var sample = _node.Samples.Rent();
        (sample.Device, sample.Group, sample.Generation, sample.Arrived) = (_card.Device, SampleGroup.Fast, 1, _node.Time.GetTimestamp());
        sample.Add(Reading.Of(SignalId.Energy, turn + 100));
        sample.Add(Reading.Of(SignalId.RowRemapFailed, 0));
        _node.Samples.Add(sample);
        _node.Time.Advance(TimeSpan.FromMilliseconds(50)); // the node is asked about each second; the memories, each five minutes, do cost something
        _node.Assessor.Turn();
    }

    private (DevicePresence, NoDataReason, string) State() => (_card.Presence.Presence, _card.Presence.Reason, _card.Presence.Detail);

    private void Fast(params Reading[] readings) => _node.Read(_card, readings);

    private List<string> Told()
    {
        var told = _node.Posted.Where(happened => happened.Kind == HealthEventKind.PresenceChanged).Select(happened => happened.Text).ToList();
        _node.Batches.Clear();
        return told;
    }
}
