using System.Text.RegularExpressions;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>A family that fails on a line costs nothing but that line, and says so.</summary>
public class KernelLinesTests
{
    private const string Line = "NVRM: something of interest";

    [Fact]
    public void A_time_out_may_be_want_of_a_processor_and_the_line_is_read_once_more()
    {
        var news = Parse(Line, new Family(new RegexMatchTimeoutException()));
        Assert.Equal(("read", true), (news.Text, news.IsUnderstood));
    }

    [Fact]
    public void A_line_that_times_out_again_is_told_as_it_stands()
        => Assert.Equal((HealthEventKind.DriverTrouble, Line, false), Told(Parse(Line, new Family(new RegexMatchTimeoutException(), new RegexMatchTimeoutException()))));

    [Fact]
    public void Whatever_a_family_fails_with_the_reader_goes_on()
    {
        Assert.Equal((HealthEventKind.DriverTrouble, Line, false), Told(Parse(Line, new Family(new InvalidOperationException()))));
        Assert.Equal((HealthEventKind.DriverTrouble, Line, false), Told(Parse(Line, new Family(new RegexMatchTimeoutException(), new FormatException()))));
    }

    [Fact]
    public void Where_it_is_no_driver_s_line_a_record_is_lost()
    {
        const string other = "md: something of interest";
        Assert.Equal((HealthEventKind.KernelLogOverrun, "a line of the kernel log could not be read: " + other, false), Told(Parse(other, new Family(new FormatException()))));
    }

    private static KernelNews Parse(string text, ILineParser family)
        => new KernelLines(new KernelDevices(new KernelBench().View, TimeProvider.System), [family]).Parse(new KernelLine(text, 3, ""))!;

    private static (HealthEventKind, string, bool) Told(KernelNews news) => (news.Kind, news.Text, news.IsUnderstood);

    /// <summary>Fails with these, then reads.</summary>
    private sealed class Family(params Exception[] faults) : ILineParser
    {
        private readonly Queue<Exception> _faults = new(faults);

        public IReadOnlyList<string> Words { get; } = ["interest"];

        public KernelNews? Parse(in KernelLine line, KernelDevices devices)
            => _faults.TryDequeue(out var fault) ? throw fault : new() { Kind = HealthEventKind.DriverError, Text = "read" };
    }
}
