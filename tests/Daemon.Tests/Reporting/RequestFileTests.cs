using Forewarn.Controller.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Reporting;
using Forewarn.Daemon.Tests.Exporters.Influx;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Reporting;

public sealed class RequestFileTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly ReportingView _meter = new("https://controller");
    private readonly LogLines _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_job_finds_what_it_is_asked_for_and_may_read_it()
    {
        Requests().Apply([Order("1042")]);
        var file = InJobs("1042/request");
        Assert.Equal("JOB=1042\nINCIDENT=7\nAT=2026-03-01T12:00:00Z\nUNTIL=2026-03-01T12:05:00Z\nREASON='GPU 3 is about to fail'\n", File.ReadAllText(file));
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        Assert.Equal(Readable, File.GetUnixFileMode(file));
        Assert.All([InJobs(""), InJobs("1042")], folder =>
            Assert.Equal(Readable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute, File.GetUnixFileMode(folder)));
        Assert.Equal([file], Directory.GetFiles(InJobs("1042")));
    }

    [Fact]
    public void What_is_ordered_no_more_is_taken_away_also_what_an_earlier_agent_left()
    {
        Requests().Apply([Order("1042"), Order("1043_7")]);
        var next = Requests();
        next.Apply([Order("1043_7")]);
        Assert.Equal(["1043_7"], Directory.GetDirectories(InJobs("")).Select(Path.GetFileName));
        Assert.Equal(("1043_7", 1), (Assert.Single(next.Jobs), _meter.Requests));
        next.Apply([]);
        Assert.Empty(Directory.GetFileSystemEntries(InJobs("")));
        Assert.Equal(0, _meter.RefusedOrders);
    }

    [Fact]
    public void A_request_that_stands_is_not_written_again()
    {
        var requests = Requests();
        requests.Apply([Order("1042")]);
        File.SetLastWriteTimeUtc(InJobs("1042/request"), Noon.UtcDateTime);
        requests.Apply([Order("1042")]);
        Assert.Equal(Noon.UtcDateTime, File.GetLastWriteTimeUtc(InJobs("1042/request")));
        requests.Apply([Order("1042") with { Until = Noon.AddMinutes(9) }]);
        Assert.Contains("UNTIL=2026-03-01T12:09:00Z\n", File.ReadAllText(InJobs("1042/request")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("../../etc")]
    [InlineData("12/34")]
    [InlineData("12;rm")]
    [InlineData("١٢")]
    [InlineData("123456789012345678901234567890123")]
    public void What_is_no_job_s_number_is_refused_and_counted(string job)
    {
        var requests = Requests();
        requests.Apply([Order(job), Order("5")]);
        requests.Apply([Order(job), Order("5")]);
        Assert.Equal(("5", 2), (Assert.Single(requests.Jobs), _meter.RefusedOrders));
        Assert.Single(_log.With("not for the number of a job"));
        Assert.Equal(["run"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void What_the_controller_says_is_one_line_that_a_shell_takes_for_a_word()
    {
        var text = RequestText.Of(Order("5") with { Reason = "it's bad\nJOB=6 $(reboot) " + new string('x', 500) });
        Assert.Equal(5, text.Count(letter => letter == '\n'));
        Assert.Contains("REASON='it’s bad JOB=6 $(reboot) x", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Count(letter => letter == '\''));
        Assert.InRange(text.Length, 300, 420);
    }

    [Fact]
    public void What_somebody_else_put_there_stays()
    {
        Requests().Apply([Order("1042")]);
        File.WriteAllText(InJobs("1042/notes"), "mine");
        Directory.CreateDirectory(InJobs("backup"));
        Requests().Apply([]);
        Assert.False(File.Exists(InJobs("1042/request")));
        Assert.True(File.Exists(InJobs("1042/notes")));
        Assert.True(Directory.Exists(InJobs("backup")));
    }

    [Fact]
    public async Task The_controller_s_reply_puts_them_down_and_takes_them_away_and_is_told_which_lie()
    {
        var time = new ManualTimeProvider();
        await using var controller = await ControllerDouble.StartAsync(time);
        controller.Orders = [Order("1042")];
        await using var node = new ReportingNode(controller.Url, time, _folder);
        await node.UntilAsync(() => File.Exists(InJobs("1042/request")), "it is put down");
        await node.UntilAsync(() => controller.Received.Last().Report.Requested is { IsDefault: false } told && told.Contains("1042"), "the controller is told");
        controller.Orders = [];
        await node.UntilAsync(() => !File.Exists(InJobs("1042/request")), "it is taken away");
    }

    private RequestFiles Requests() => new(Path.Join(_folder.Path, "run"), _meter, _log);

    private string InJobs(string name) => Path.Join(_folder.Path, "run", "jobs", name).TrimEnd('/');

    private static CheckpointOrder Order(string job) => new(job, 7, Noon, Noon.AddMinutes(5), "GPU 3 is about to fail");
}
