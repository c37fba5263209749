using System.Globalization;
using System.Text;
using Forewarn.Daemon.Replay;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Replay;

/// <summary>What <c>forewarn record</c> writes: each file in its order, whole to its end.</summary>
public sealed class RecordedFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What stood in the log, what came while it was copied, and what came just before the end, by number and by time.</summary>
    [Fact]
    public void A_log_is_copied_in_its_order_from_its_oldest_record_to_what_stood_there_at_the_end()
    {
        var log = _folder.Write("kmsg", Records(0, 500));
        var copy = Path.Join(_folder.Path, "copy");
        using (var copying = KernelLogCopy.Start(log, copy))
        {
            for (var next = 500; next < 1000; next += 50) File.AppendAllText(log, Records(next, 50));
            copying.End();
            Assert.Equal((1000L, null), (copying.Records, copying.Trouble));
        }

        Assert.Equal(Records(0, 1000), File.ReadAllText(copy));
    }

    [Fact]
    public void A_record_that_is_not_written_to_its_end_is_left_out_and_what_follows_it_in_no_case_stands_before_it()
    {
        var log = _folder.Write("kmsg", Records(0, 2) + "3,2,2000,-;a line whose rest is on the w");
        var copy = Path.Join(_folder.Path, "copy");
        using (var copying = KernelLogCopy.Start(log, copy)) copying.End();
        Assert.Equal(Records(0, 2), File.ReadAllText(copy));
    }

    [Fact]
    public void Readings_are_added_a_whole_line_each_behind_what_is_there()
    {
        var file = Path.Join(_folder.Path, "recorded");
        using (var first = new SampleFile(file))
        {
            first.Add("{\"time\":1}"u8);
            Assert.Equal("{\"time\":1}\n", File.ReadAllText(file)); // on the file as soon as it is written: nothing is held back
            first.Add("{\"time\":2}"u8);
            Assert.Equal(2, first.Lines);
        }

        using (var second = new SampleFile(file)) second.Add("{\"time\":3}"u8);
        Assert.Equal("{\"time\":1}\n{\"time\":2}\n{\"time\":3}\n", File.ReadAllText(file));
    }

    [Fact]
    public void Half_a_line_of_an_earlier_recording_takes_none_of_this_one_with_it()
    {
        var file = _folder.Write("recorded", "{\"time\":1}\n{\"ti");
        using (var second = new SampleFile(file)) second.Add("{\"time\":3}"u8);
        Assert.Equal("{\"time\":1}\n{\"ti\n{\"time\":3}\n", File.ReadAllText(file));
    }

    private static string Records(int first, int count)
    {
        var text = new StringBuilder();
        for (var record = first; record < first + count; record++)
            text.Append(CultureInfo.InvariantCulture, $"6,{record},{record * 1000L},-;usb 1-1: new device\n SUBSYSTEM=usb\n");
        return text.ToString();
    }
}
