using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

public class KernelLogReaderTests
{
    private const string Lost = "NVRM: Xid (PCI:0000:81:00): 79, GPU has fallen off the bus.";

    [Fact]
    public void An_event_has_its_place_in_the_log_and_what_says_nothing_moves_it_on()
    {
        var bench = new KernelBench();
        bench.Log.Line("usb 1-1: new device").Line(Lost).Line("usb 1-1: gone");
        bench.Drain();
        Assert.Equal(new KernelCursor(KernelBench.Boot, 101), Assert.Single(bench.Events).Cursor);
        Assert.Equal(new KernelCursor(KernelBench.Boot, 102), bench.Cursor);
        Assert.Equal(3, bench.Meters.Records);
    }

    [Fact]
    public void What_anybody_could_have_written_is_dropped_and_counted()
    {
        var bench = new KernelBench();
        bench.Log.Line(Lost, priority: 8 + 3).Line(Lost, priority: (23 << 3) + 3);
        Assert.Empty(bench.Drain().Events);
        Assert.Equal(2, bench.Meters.Refused(KernelLogFault.NotKernel));
        Assert.Equal(0, bench.Meters.Overruns);
    }

    [Fact]
    public void Torn_and_broken_records_are_counted_and_are_no_gap()
    {
        var bench = new KernelBench();
        bench.Log.Line("before").Raw("3,101,5,-;NVRM: Xid (PCI:0000:81:00): 7").Raw("garbage").Raw("\n");
        bench.Log.Next = 104;
        bench.Log.Line(Lost);
        Assert.Equal(79, Assert.Single(bench.Drain().Events).Code);
        Assert.Equal((1L, 2L), (bench.Meters.Refused(KernelLogFault.Torn), bench.Meters.Refused(KernelLogFault.Malformed)));
        Assert.Equal(0, bench.Meters.Lost);
    }

    [Fact]
    public void Overwritten_records_are_an_event_that_says_how_many()
    {
        var bench = new KernelBench();
        bench.Log.Line("before").Fails(Errno.BrokenPipe);
        bench.Log.Next = 151;
        bench.Log.Line(Lost);
        bench.Drain();
        Assert.Equal([HealthEventKind.KernelLogOverrun, HealthEventKind.DriverError], bench.Events.Select(happened => happened.Kind));
        var overrun = bench.Events[0];
        Assert.Equal((50L, "50 records of the kernel log were overwritten before being read"), (overrun.Count, overrun.Text));
        Assert.Equal(new KernelCursor(KernelBench.Boot, 150), overrun.Cursor);
        Assert.Equal((1L, 50L), (bench.Meters.Overruns, bench.Meters.Lost));
    }

    [Fact]
    public void What_was_overwritten_before_the_first_record_is_not_missed()
    {
        var bench = new KernelBench();
        bench.Log.Fails(Errno.BrokenPipe).Line(Lost);
        Assert.Single(bench.Drain().Events);
    }

    [Fact]
    public void A_buffer_that_is_too_small_grows()
    {
        var bench = new KernelBench();
        bench.Log.Line(Lost + new string(' ', 100_000)).Line(Lost);
        Assert.Equal(2, bench.Drain().Events.Count);
        Assert.True(bench.Events[0].Raw.Length < 5000);
        Assert.Equal(0, bench.Meters.Refused(KernelLogFault.TooLarge));
    }

    [Fact]
    public void A_record_beyond_all_measure_is_passed_over_and_counted()
    {
        var bench = new KernelBench();
        bench.Log.Line("before").Line(new string('x', 3 << 20)).Line(Lost);
        bench.Drain();
        Assert.Equal(KernelLogReader.LongestRecord, bench.Log.LargestBuffer);
        Assert.Equal(1, bench.Meters.Refused(KernelLogFault.TooLarge));
        bench.Log.Drop();
        Assert.Equal(79, Assert.Single(bench.Drain().Events).Code);
        Assert.Equal(0, bench.Meters.Overruns);
    }

    [Fact]
    public void An_interrupted_read_is_made_again_and_a_log_that_fails_is_left()
    {
        var bench = new KernelBench();
        bench.Log.Fails(Errno.Interrupted).Line(Lost).Fails(Errno.InputOutput);
        bench.Drain();
        Assert.Single(bench.Events);
        Assert.Equal(Errno.InputOutput, bench.Reader.Failure);
    }

    [Fact]
    public void After_a_restart_it_goes_on_behind_what_was_taken()
    {
        var bench = new KernelBench(from: new KernelCursor(KernelBench.Boot, 101));
        bench.Log.Line(Lost).Line(Lost).Line("NVRM: Xid (PCI:0000:81:00): 48, x");
        Assert.Equal(48, Assert.Single(bench.Drain().Events).Code);
    }

    [Fact]
    public void What_was_overwritten_while_nobody_read_is_missed_too()
    {
        var bench = new KernelBench(from: new KernelCursor(KernelBench.Boot, 89));
        bench.Log.Line(Lost);
        Assert.Equal((HealthEventKind.KernelLogOverrun, 10L), (bench.Drain().Events[0].Kind, bench.Events[0].Count));
    }

    [Fact]
    public void Of_another_boot_everything_is_taken()
    {
        var bench = new KernelBench(from: new KernelCursor("another", 5000));
        bench.Log.Line(Lost).Line(Lost);
        Assert.Equal(2, bench.Drain().Events.Count);
        Assert.Equal(0, bench.Meters.Overruns);
    }

    [Fact]
    public void Another_log_in_its_place_is_another_boot()
    {
        var bench = new KernelBench();
        bench.Log.Line(Lost);
        bench.Drain();
        (bench.Log.Generation, bench.Log.Next, bench.BootId) = (1, 0, "second");
        bench.Log.Line("Linux version 6.1").Line(Lost);
        bench.Drain();
        Assert.Equal([KernelBench.Boot, "second"], bench.Events.Select(happened => happened.BootId));
        Assert.Equal(new KernelCursor("second", 1), bench.Events[1].Cursor);
        Assert.Equal(0, bench.Meters.Overruns);
    }

    /// <summary>Who shares an open descriptor can move it: systemd hands it over, and an operator's tool may have the same.</summary>
    [Fact]
    public void A_descriptor_that_was_rewound_by_somebody_else_neither_loses_nor_doubles_a_record()
    {
        var bench = new KernelBench();
        bench.Log.Line(Lost).Line("usb 1-1: new device").Line("NVRM: Xid (PCI:0000:81:00): 48, x");
        bench.Drain();
        Assert.True(bench.Log.Rewind());
        bench.Log.Line("NVRM: Xid (PCI:0000:81:00): 94, x");
        Assert.Equal([79L, 48L, 94L], bench.Drain().Events.Select(happened => happened.Code));
        Assert.Equal((4L, 0L, new KernelCursor(KernelBench.Boot, 103)), (bench.Meters.Records, bench.Meters.Overruns, bench.Cursor));
    }

    [Fact]
    public void What_was_overwritten_while_a_rewound_log_was_passed_over_is_counted()
    {
        var bench = new KernelBench();
        bench.Log.Line(Lost).Line(Lost);
        bench.Drain();
        Assert.True(bench.Log.Rewind());
        bench.Log.Fails(Errno.BrokenPipe);
        bench.Log.Next = 112;
        bench.Log.Line(Lost);
        Assert.Equal((HealthEventKind.KernelLogOverrun, 10L), (bench.Drain().Events[2].Kind, bench.Events[2].Count));
        Assert.Equal(4, bench.Events.Count);
    }

    /// <summary>The device of a machine that was put back to an earlier state, or whose numbers begin anew, with the agent alive.</summary>
    [Fact]
    public void Numbers_that_begin_anew_in_another_boot_are_its_records()
    {
        var bench = new KernelBench();
        bench.Log.Line("usb 1-1: new device").Line(Lost);
        bench.Drain();
        (bench.Log.Next, bench.BootId) = (0, "second");
        bench.Log.Line("Linux version 6.1").Line(Lost);
        Assert.Equal([(KernelBench.Boot, 101ul), ("second", 1ul)], bench.Drain().Events.Select(happened => (happened.BootId, happened.Cursor!.Value.Sequence)));
        Assert.Equal((4L, 0L), (bench.Meters.Records, bench.Meters.Overruns));
    }

    /// <summary>A log that failed is opened anew, at its oldest record.</summary>
    [Fact]
    public void A_device_that_is_opened_anew_goes_on_behind_what_was_told_pieces_held_back_among_it()
    {
        var bench = new KernelBench();
        bench.Log.Line(Lost).Line("NVRM: Xid (PCI:0000:81:00): 48, x", flags: "c").Fails(Errno.InputOutput);
        Assert.Equal([79L, 48L], bench.Drain().Events.Select(happened => happened.Code));
        Assert.Equal(Errno.InputOutput, bench.Reader.Failure);

        var again = new KernelBench(from: bench.Reader.Cursor);
        again.Log.Line(Lost).Line("NVRM: Xid (PCI:0000:81:00): 48, x", flags: "c").Line("NVRM: Xid (PCI:0000:81:00): 94, x");
        Assert.Equal(94, Assert.Single(again.Drain().Events).Code);
        Assert.Equal(0, again.Meters.Overruns);
    }

    [Fact]
    public void Pieces_of_a_line_are_put_together()
    {
        var bench = new KernelBench();
        bench.Log.Line("NVRM: Xid (PCI:0000:81:00): ", flags: "c").Line("79, GPU has fallen", flags: "+").Line(" off the bus.", flags: "+").Line("other");
        Assert.Equal(Lost, Assert.Single(bench.Drain().Events).Raw);
        bench.Log.Line("NVRM: Xid (PCI:0000:81:00): 48, x", flags: "c"); // nothing follows
        Assert.Equal(48, bench.Drain().Events[1].Code);
        Assert.Equal(new KernelCursor(KernelBench.Boot, 104), bench.Events[1].Cursor);
    }

    [Fact]
    public void A_line_that_never_ends_is_taken_as_it_is_so_far()
    {
        var bench = new KernelBench();
        bench.Log.Line(Lost, flags: "c");
        for (var piece = 0; piece < 100; piece++) bench.Log.Line(new string('x', 1000), flags: "c");
        Assert.Equal(79, Assert.Single(bench.Drain().Events).Code);
    }

    [Fact]
    public void Of_two_events_in_one_record_only_the_last_has_its_place()
    {
        var bench = new KernelBench();
        bench.Log.Line(Lost + @"\x0aNVRM: Xid (PCI:0000:81:00): 48, x");
        Assert.Equal([99ul, 100ul], bench.Drain().Events.Select(happened => happened.Cursor!.Value.Sequence));
    }

    [Fact]
    public void Whatever_stands_in_the_log_is_survived()
    {
        string[] pieces =
        [
            "NVRM: ", "Xid (", "PCI:", "0000:81:00", ".0", " GPU-I:", "): ", "79", ", ", "pid=", "name=", "SXid (", "nvidia-nvswitch0: ", "154", "GPU recovery action changed from 0x",
            "EDAC MC", "0: ", "1 CE ", " on ", "(", ")", "{1}", "[Hardware Error]: ", "mlx5_core ", "0000:d2:00.0", "amdgpu ", "AER: ", "PCIe Bus Error: severity=", "type=", "XFS (",
            "I/O error, dev ", "99999999999999999999", "-1", ";", "\\x0a", "\\x", "\\xff", "3,", "\n", " ", "0x", "segfault at ", " in libnccl", "blocked for more than ", ": ", "[",
            "NVLink: ", "link ", "Contained: ", "RST: Yes", "new uncorrectable hardware errors detected in", "\0", "ü",
        ];
        var bench = new KernelBench();
        var random = new Random(20_260_101);
        for (var record = 0; record < 20_000; record++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 25)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (random.Next(4) == 0) bench.Log.Raw(text);
            else bench.Log.Line(text, random.Next(8), random.NextInt64(), random.Next(10) == 0 ? "c" : "-");
        }

        bench.Drain();
        Assert.Equal(20_000, bench.Meters.Records);
        Assert.NotEmpty(bench.Events);
        Assert.All(bench.Events, happened => Assert.True(happened.Count >= 1 && happened.Text.Length > 0));
    }
}
