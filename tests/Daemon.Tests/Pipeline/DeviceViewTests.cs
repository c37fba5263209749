using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Pipeline;

public class DeviceViewTests
{
    private readonly DeviceView _card = new(Cards.At("0000:18:00.0", "GPU-1"), new SourceView("nvml", DriverErrorCatalog.Xid, default));

    [Fact]
    public void The_counter_generation_grows_when_a_counter_falls()
    {
        Assert.Equal(1, Take(Reading.Of(SignalId.Energy, 1000)));
        Assert.Equal(1, Take(Reading.Of(SignalId.Energy, 1000)));
        Assert.Equal(2, Take(Reading.Of(SignalId.Energy, 3)));
        Assert.Equal(2, Take(Reading.Of(SignalId.Energy, 4)));
        Assert.Equal(2, _card.CounterGeneration);
    }

    [Fact]
    public void It_grows_once_for_all_that_fell_together()
    {
        Take(Reading.Of(SignalId.Energy, 9), Reading.Of(SignalId.ThrottledPower, 9));
        Assert.Equal(2, Take(Reading.Of(SignalId.Energy, 0), Reading.Of(SignalId.ThrottledPower, 0)));
    }

    [Fact]
    public void A_links_counters_are_its_own()
    {
        Take(Reading.Of(SignalId.LinkErrorsReplay, 9, 0), Reading.Of(SignalId.LinkBytesSent, 9, 1));
        Assert.Equal(1, Take(Reading.Of(SignalId.LinkErrorsReplay, 0, 0), Reading.Of(SignalId.LinkBytesSent, 0, 1)));
    }

    [Fact]
    public void Errors_that_were_cleared_tell_of_a_restart_only_where_nothing_went_on()
    {
        Take(Reading.Of(SignalId.EccCorrected, 9), Reading.Of(SignalId.ThrottledPower, 0), Reading.Of(SignalId.EccLifetimeCorrected, 9));
        Assert.Equal(2, Take(Reading.Of(SignalId.EccCorrected, 5), Reading.Of(SignalId.ThrottledPower, 0)));
        Assert.Equal(2, Take(Reading.Of(SignalId.EccLifetimeCorrected, 0)));
        Take(Reading.Of(SignalId.Energy, 1000));
        Assert.Equal(2, Take(Reading.Of(SignalId.EccCorrected, 0), Reading.Of(SignalId.Energy, 1000)));
        Assert.Equal(3, Take(Reading.Of(SignalId.EccCorrected, 0), Reading.Of(SignalId.Energy, 3)));
    }

    [Fact]
    public void A_gauge_may_fall()
    {
        Take(Reading.Of(SignalId.Power, 700));
        Assert.Equal(1, Take(Reading.Of(SignalId.Power, 70)));
    }

    [Fact]
    public void A_counter_that_the_maker_lets_wrap_says_nothing_of_the_others()
    {
        Take(Reading.Of(SignalId.PcieSent, uint.MaxValue), Reading.Of(SignalId.PcieReceived, uint.MaxValue));
        Assert.Equal(1, Take(Reading.Of(SignalId.PcieSent, 5), Reading.Of(SignalId.PcieReceived, 5)));
    }

    [Fact]
    public void A_counter_that_fell_while_it_could_not_be_read_fell_all_the_same()
    {
        Take(Reading.Of(SignalId.Energy, 1000));
        Assert.Equal(1, Take(Reading.None(SignalId.Energy, NoDataReason.TimedOut)));
        Assert.Equal(2, Take(Reading.Of(SignalId.Energy, 3)));
    }

    [Fact]
    public void A_counter_that_fell_in_a_reset_or_a_reload_of_the_driver_fell_all_the_same()
    {
        Take(Reading.Of(SignalId.Energy, 1000));
        _card.Become(new PresenceState(DevicePresence.Lost, NoDataReason.ResetRequired, "", default));
        Assert.Equal(0, _card.CopyReadings(new Reading[10])); // the values are not shown meanwhile
        Assert.Equal(2, Take(Reading.Of(SignalId.Energy, 3)));
    }

    [Fact]
    public void Readings_are_copied_in_the_order_of_signal_and_instance()
    {
        Take(Reading.Of(SignalId.LinkUp, 1, 2), Reading.Of(SignalId.TemperatureGpu, 40), Reading.Of(SignalId.LinkUp, 1, 0));
        var readings = new Reading[10];
        Assert.Equal(4, _card.CopyReadings(readings));
        Assert.Equal(
            [Reading.Of(SignalId.TemperatureGpu, 40), Reading.Of(SignalId.LinkUp, 1, 0), Reading.None(SignalId.LinkUp, NoDataReason.NotSupported, 1), Reading.Of(SignalId.LinkUp, 1, 2)],
            readings[..4]);
    }

    [Fact]
    public void What_a_new_probe_sends_no_more_is_forgotten_with_its_first_sample_of_that_group()
    {
        Take(1, SampleGroup.Slow, Reading.Of(SignalId.PeerLinkStatus, 0, 0), Reading.Of(SignalId.PeerLinkStatus, 0, 1));
        Take(1, SampleGroup.Fast, Reading.Of(SignalId.Power, 300));
        Take(2, SampleGroup.Slow, Reading.Of(SignalId.PeerLinkStatus, 0, 0));
        Assert.Equal([Reading.Of(SignalId.Power, 300), Reading.Of(SignalId.PeerLinkStatus, 0, 0)], Readings());

        Take(2, SampleGroup.Fast, Reading.Of(SignalId.TemperatureGpu, 40));
        Assert.Equal([Reading.Of(SignalId.TemperatureGpu, 40), Reading.Of(SignalId.PeerLinkStatus, 0, 0)], Readings());
    }

    [Fact]
    public void A_sweep_that_comes_in_several_samples_is_kept_whole()
    {
        Take(1, SampleGroup.Slow, Reading.Of(SignalId.PeerLinkStatus, 0, 0));
        Take(2, SampleGroup.Slow, Reading.Of(SignalId.LinkUp, 1, 0));
        Take(2, SampleGroup.Slow, Reading.Of(SignalId.PeerLinkStatus, 0, 0));
        Take(1, SampleGroup.Slow, Reading.Of(SignalId.PeerTopology, 10, 0)); // late, of the probe before
        Assert.Equal(3, Readings().Length);
    }

    [Fact]
    public void Becoming_what_it_is_already_is_no_change()
    {
        var lost = new PresenceState(DevicePresence.Lost, NoDataReason.DeviceLost, "one way", default);
        Assert.True(_card.Become(lost));
        Assert.False(_card.Become(lost with { Detail = "said otherwise" }));
        Assert.True(_card.Become(lost with { Reason = NoDataReason.ResetRequired }));
    }

    private Reading[] Readings()
    {
        var readings = new Reading[10];
        return readings[.._card.CopyReadings(readings)];
    }

    private int Take(params Reading[] readings) => Take(0, SampleGroup.Fast, readings);

    private int Take(uint generation, SampleGroup group, params Reading[] readings)
    {
        var sample = new Sample { Generation = generation, Group = group };
        foreach (var reading in readings) sample.Add(reading);
        Assert.True(_card.Apply(sample));
        return sample.CounterGeneration;
    }
}
