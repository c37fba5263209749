using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sampling;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Probes;

/// <summary>The main probe: what happens, what is ordered, which state is told.</summary>
public class ProbeSupervisorTests
{
    [Fact]
    public void The_first_thing_is_to_start_one_probe_for_all_devices()
    {
        var source = new SupervisedSource();
        Assert.Equal(SourceState.Starting, source.State);
        Assert.Equal("start", source.Orders());
        Assert.Equal("", source.After(1).Orders());
        Assert.Equal(SourceState.Running, source.Sweeps().State);
        Assert.Equal("", source.Detail);
    }

    [Fact]
    public void Killed_every_ten_seconds_it_is_replaced_at_once_each_time()
    {
        var source = SupervisedSource.Running();
        for (var i = 0; i < 50; i++)
        {
            source.After(10).Sweeps().IsKilled();
            Assert.Equal(SourceState.Restarting, source.State);
            Assert.Equal("start", source.Orders());
            Assert.Equal(SourceState.Running, source.After(0.1).Sweeps().State);
        }
    }

    [Fact]
    public void Killed_every_second_it_is_held_and_tried_again_within_a_minute_as_often_as_need_be()
    {
        var source = SupervisedSource.Running();
        for (var i = 0; i < 5; i++) Dies(source);
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(SourceState.Held, source.State);
            Assert.Equal(NoDataReason.SourceStopped, source.Reason);
            Assert.Equal("the probe died with SIGKILL, again and again; held for 30 s", source.Detail);
            Assert.Equal("", source.After(29).Orders());
            Assert.Equal("start", source.After(1).Orders());
            Assert.Equal(SourceState.Held, source.State); // until it shows that it measures
            source.After(1).IsKilled();
        }

        source.After(30).Orders();
        Assert.Equal(SourceState.Running, source.After(1).Sweeps().State);
    }

    [Fact]
    public void A_library_that_hangs_while_it_is_loaded_blames_no_device()
    {
        var source = new SupervisedSource();
        source.Orders();
        source.After(20).Hangs("-");
        Assert.Empty(source.Suspects);
        Assert.Equal("start", source.Orders());
    }

    [Fact]
    public void A_probe_that_says_nothing_is_replaced_and_no_device_is_blamed()
    {
        var source = SupervisedSource.Running();
        Assert.Equal("start", source.After(10).FallsSilent().Orders());
        Assert.Empty(source.Suspects);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(6, 30)]
    [InlineData(40, 30)]
    public void A_driver_that_is_not_there_is_asked_for_less_and_less_often(int failures, double seconds)
    {
        var source = new SupervisedSource();
        for (var i = 1; i < failures; i++)
        {
            source.Orders();
            source.After(0.1).CannotOpen(NoDataReason.DriverNotLoaded, "nvmlInit_v2 answered 9").After(30);
        }

        Assert.Equal("start", source.Orders());
        source.After(0.1).CannotOpen(NoDataReason.DriverNotLoaded, "nvmlInit_v2 answered 9");
        Assert.Equal((SourceState.Unavailable, NoDataReason.DriverNotLoaded, "nvmlInit_v2 answered 9"), (source.State, source.Reason, source.Detail));
        Assert.Equal("", source.After(seconds - 0.01).Orders());
        Assert.Equal("start", source.After(0.01).Orders());
        Assert.Equal(SourceState.Unavailable, source.State); // not "starting" every 30 s
        Assert.Equal(SourceState.Running, source.After(1).Sweeps().State);
    }

    [Fact]
    public void A_driver_that_goes_is_looked_for_at_once()
    {
        var source = SupervisedSource.Running().After(100).Sweeps().Ends(ProbeExit.DriverGone);
        Assert.Equal((SourceState.Unavailable, NoDataReason.DriverNotLoaded), (source.State, source.Reason));
        Assert.Equal("start", source.Orders());
    }

    [Fact]
    public void A_driver_that_opens_and_is_gone_again_does_not_make_probes_spin()
    {
        var source = SupervisedSource.Running().After(100).Ends(ProbeExit.DriverGone);
        var starts = 0;
        for (var tick = 0; tick < 600; tick++)
        {
            if (source.After(0.1).Orders() != "start") continue;
            starts++;
            source.After(0.1).Sweeps().Ends(ProbeExit.DriverGone);
        }

        Assert.InRange(starts, 5, 10); // in a minute: after 0, 1, 2, 4 … 30 s
    }

    [Fact]
    public void A_changed_inventory_is_no_failure_and_is_taken_at_once()
    {
        var source = SupervisedSource.Running();
        for (var i = 0; i < 20; i++)
        {
            source.After(60).Ends(ProbeExit.InventoryChanged);
            Assert.Equal(SourceState.Running, source.State);
            Assert.Equal("start", source.Orders());
            source.After(0.1).Sweeps();
        }
    }

    [Fact]
    public void An_inventory_that_changes_all_the_time_does_not_make_probes_spin()
    {
        var source = SupervisedSource.Running();
        var starts = 0;
        source.Ends(ProbeExit.InventoryChanged);
        for (var tick = 0; tick < 600; tick++)
        {
            if (source.After(0.1).Orders() != "start") continue;
            starts++;
            source.After(0.1).Sweeps().Ends(ProbeExit.InventoryChanged);
        }

        Assert.InRange(starts, 5, 10);
    }

    [Fact]
    public void Released_it_starts_nothing_until_it_is_resumed()
    {
        var source = SupervisedSource.Running().Release();
        Assert.Equal(SourceState.Released, source.State);
        Assert.Equal("", source.After(3600).Orders());
        Assert.Equal("start", source.Resume().Orders());
        Assert.Equal(SourceState.Running, source.After(1).Sweeps().State);
    }

    [Fact]
    public void Resumed_while_it_runs_it_goes_on_running()
    {
        var source = SupervisedSource.Running().After(10).Resume();
        Assert.Equal("", source.Orders());
        Assert.Equal(SourceState.Running, source.After(1).Sweeps().State);
    }

    [Fact]
    public void Resumed_while_it_is_held_it_is_tried_at_once()
    {
        var source = SupervisedSource.Running();
        for (var i = 0; i < 5; i++) Dies(source);
        Assert.Equal("start", source.Resume().Orders());
    }

    [Fact]
    public void New_settings_replace_the_probe_and_are_no_failure()
    {
        var source = SupervisedSource.Running().After(1).Restart();
        Assert.Equal("start", source.Orders());
        Assert.Equal(SourceState.Running, source.After(0.1).Sweeps().State);
        Assert.Equal("", source.Release().Restart().After(60).Orders());
    }

    [Fact]
    public void Three_probes_that_the_kernel_keeps_stop_further_starts_until_one_is_let_go()
    {
        var source = SupervisedSource.Running().After(10).FallsSilent();
        source.Unreaped.AddRange(["-", "A", "B"]);
        Assert.Equal("", source.Orders());
        Assert.Equal((SourceState.Held, NoDataReason.Stalled), (source.State, source.Reason));
        Assert.Equal("3 ended probes hang in the kernel; waiting for one to be let go", source.Detail);
        Assert.Equal("", source.After(3600).Orders());
        source.Unreaped.RemoveAt(0);
        Assert.Equal("start", source.Orders());
        Assert.Equal(SourceState.Running, source.After(1).Sweeps().State);
    }

    private static void Dies(SupervisedSource source)
    {
        source.After(1).IsKilled();
        if (source.State == SourceState.Held) return;
        Assert.Equal("start", source.After(2).Orders());
    }
}
