using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sampling;

namespace Forewarn.Daemon.Tests.Probes;

/// <summary>A device that makes probes hang or crash: set apart, tried alone, let back in.</summary>
public class SuspectTests
{
    private const int Segv = 11;

    [Fact]
    public void A_hang_sets_only_its_own_device_apart_and_the_others_go_on_at_once()
    {
        var source = SupervisedSource.Running().After(10).Hangs("A");
        Assert.Equal("start without A", source.Orders());
        var suspect = Assert.Single(source.Suspects.Values);
        Assert.Equal(("A", true, "call 'thermal' did not return within 1 s"), (suspect.PciAddress, suspect.IsStalled, suspect.Cause));
        Assert.Equal(SourceState.Running, source.After(0.1).Sweeps().State);
    }

    [Fact]
    public void A_crash_sets_apart_the_devices_it_was_calling()
    {
        var source = SupervisedSource.Running().After(10).IsKilled(Segv, null, "A", "-", "B");
        Assert.Equal("start without A B", source.Orders());
        Assert.All(source.Suspects.Values, suspect => Assert.Equal((false, "the probe died with SIGSEGV in call 'thermal'"), (suspect.IsStalled, suspect.Cause)));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(15)]
    public void A_kill_from_outside_sets_nothing_apart(int signal)
    {
        var source = SupervisedSource.Running().After(10).IsKilled(signal, null, "A");
        Assert.Empty(source.Suspects);
        Assert.Equal("start", source.Orders());
    }

    [Fact]
    public void It_is_tried_alone_after_five_seconds_and_comes_back_after_ten_good_ones()
    {
        var source = Apart();
        Assert.Equal("", source.After(4.7).Orders());
        Assert.Equal("start A", source.After(0.1).Orders());
        source.After(0.2).Sweeps("A");
        Assert.Equal("", source.After(9.9).Sweeps("A").Orders());
        Assert.Equal("stop A, stop, start", source.After(0.1).Sweeps("A").Orders());
        Assert.Empty(source.Suspects);
        Assert.Equal("", source.After(60).Sweeps().Orders());
    }

    [Fact]
    public void It_is_not_tried_while_the_others_are_not_yet_measured()
    {
        var source = SupervisedSource.Running().After(10).Hangs("A");
        source.Orders();
        Assert.Equal("", source.After(5).Orders());
        Assert.Equal("start A", source.Sweeps().Orders());
    }

    [Fact]
    public void When_it_hangs_again_alone_the_others_are_left_in_peace_and_it_waits_ever_longer()
    {
        var source = Apart();
        Assert.Equal("start A", source.After(4.8).Orders());
        Assert.Equal("", source.Hangs("A", only: "A").Orders());
        foreach (var wait in (double[])[10, 20, 40, 80, 160, 300, 300])
        {
            Assert.Equal("", source.After(wait - 0.1).Orders());
            Assert.Equal("start A", source.After(0.1).Orders());
            Assert.Equal("", source.Hangs("A", only: "A").Orders());
            Assert.Equal(SourceState.Running, source.State);
        }
    }

    [Fact]
    public void A_relapse_soon_after_it_came_back_waits_longer_than_the_first_time()
    {
        var source = CameBack().After(60).Sweeps().Hangs("A");
        Assert.Equal("start without A", source.Orders());
        source.After(0.1).Sweeps();
        Assert.Equal("", source.After(9.8).Orders());
        Assert.Equal("start A", source.After(0.1).Orders());
    }

    [Fact]
    public void After_ten_minutes_without_trouble_it_is_treated_as_any_other()
    {
        var source = CameBack().After(601).Sweeps().Hangs("A");
        source.Orders();
        source.After(0.1).Sweeps();
        Assert.Equal("start A", source.After(4.9).Orders());
    }

    [Fact]
    public void A_main_probe_that_dies_as_a_suspect_comes_back_is_replaced_once_not_twice()
    {
        var source = Tried().After(9).Sweeps("A").IsKilled().After(1.1);
        Assert.Equal("start without A", source.Orders());
        Assert.Equal("stop A, stop, start", source.After(0.1).Sweeps().Orders());
        Assert.Equal("", source.Orders());
    }

    [Fact]
    public void A_suspect_that_comes_back_does_not_cut_a_hold_short()
    {
        var source = Tried();
        for (var i = 0; i < 5; i++)
        {
            source.After(0.5).Sweeps("A").IsKilled();
            if (source.State != SourceState.Held) source.After(1).Orders();
        }

        Assert.Equal(SourceState.Held, source.State);
        Assert.DoesNotContain("start", source.After(10).Sweeps("A").Orders(), StringComparison.Ordinal);
        Assert.Equal("start without A", source.After(20).Orders());
    }

    [Fact]
    public void With_three_probes_in_the_kernel_neither_suspects_nor_the_main_probe_are_started()
    {
        var source = Apart();
        source.Unreaped.AddRange(["A", "B", "C"]);
        Assert.Equal("", source.After(600).Orders());
        Assert.Equal(SourceState.Running, source.State); // the main probe goes on

        source = Tried();
        source.Unreaped.AddRange(["X", "Y", "Z"]);
        Assert.Equal("", source.After(60).Sweeps("A").Orders()); // to let it back in would cost the main probe
    }

    [Fact]
    public void While_the_kernel_keeps_its_last_probe_it_gets_no_other()
    {
        var source = Apart();
        source.Unreaped.Add("A");
        Assert.Equal("", source.After(600).Orders());
        source.Unreaped.Clear();
        Assert.Equal("start A", source.Orders());
    }

    [Fact]
    public void Released_while_it_is_apart_it_starts_afresh_with_the_others()
    {
        var source = Tried().Release();
        Assert.Empty(source.Suspects);
        Assert.Equal("", source.After(600).Orders());
        Assert.Equal("start", source.Resume().Orders());
        Assert.Equal("", source.After(600).Sweeps().Orders());
    }

    [Fact]
    public void A_solo_probe_that_ends_of_itself_is_tried_again_later_and_less_and_less_often()
    {
        var source = Tried();
        foreach (var wait in (double[])[10, 20, 40])
        {
            source.Ends(ProbeExit.DriverGone, only: "A");
            Assert.Equal("", source.After(wait - 0.1).Orders());
            Assert.Equal("start A", source.After(0.1).Orders());
        }
    }

    [Fact]
    public void Devices_that_hang_one_after_the_other_do_not_hold_the_source_since_each_leaves_one_fewer()
    {
        var source = SupervisedSource.Running();
        foreach (var device in (string[])["A", "B", "C", "D", "E"])
        {
            Assert.Equal(SourceState.Restarting, source.After(2).Sweeps().Hangs(device).State);
            Assert.StartsWith("start without", source.Orders(), StringComparison.Ordinal);
        }

        Assert.Equal(SourceState.Running, source.After(1).Sweeps().State);
        Assert.Equal(5, source.Suspects.Count);
    }

    /// <summary>Device A hung 0.2 s ago; the others are measured.</summary>
    private static SupervisedSource Apart()
    {
        var source = SupervisedSource.Running().After(10).Hangs("A");
        source.Orders();
        return source.After(0.2).Sweeps();
    }

    /// <summary>Device A hung 5 s ago; its solo probe just measured it.</summary>
    private static SupervisedSource Tried()
    {
        var source = Apart().After(4.8);
        Assert.Equal("start A", source.Orders());
        return source.Sweeps("A");
    }

    private static SupervisedSource CameBack()
    {
        var source = Tried().After(10).Sweeps("A");
        Assert.Equal("stop A, stop, start", source.Orders());
        return source.After(0.1).Sweeps();
    }
}
