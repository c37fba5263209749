using Forewarn.Daemon.Efficiency;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Tests.Pipeline;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Efficiency;

public sealed class AccountsKeeperTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _manual = new();
    private readonly SteppedClock _time;

    public AccountsKeeperTests() => _time = new(_manual);

    private string File => Path.Join(_folder.Path, "efficiency.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Accounts_survive_a_restart_and_the_counters_begin_anew()
    {
        using (var first = new Run(this)) first.Work("GPU-1", 100);

        _manual.Advance(TimeSpan.FromMinutes(10));
        using var second = new Run(this);
        second.Work("GPU-1", 20); // found, given its past back by the timer, and measured
        Assert.Equal(120, second.Hour("GPU-1").Measured, 6);
        Assert.Equal(120, second.Day("GPU-1").IdleHeld, 6);
        Assert.Equal(20, second.Card("GPU-1").Account.History.Total.Measured, 6);
        var job = Assert.Single(second.View.Accounts.Jobs.All);
        Assert.Equal(("4711", 120.0), (job.Workload.Id, Math.Round(job.History.Over(UsageWindow.Hour, second.Now).Measured, 6)));
        Assert.Equal(2, (second.Now - job.FirstSeen - 600) / 60, 0.1);
    }

    [Fact]
    public void A_card_that_is_not_found_keeps_its_past_for_the_day()
    {
        using (var first = new Run(this)) first.Work("GPU-1", 100);
        using (var second = new Run(this)) second.Work("GPU-2", 10);
        using (var third = new Run(this))
        {
            third.Work("GPU-1", 1);
            Assert.Equal(101, third.Day("GPU-1").Measured, 6);
        }

        _manual.Advance(TimeSpan.FromHours(25));
        using (var late = new Run(this)) late.Work("GPU-3", 2);
        Assert.DoesNotContain("GPU-1", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_written_every_five_minutes()
    {
        using var run = new Run(this);
        run.Work("GPU-1", 100);
        Assert.False(System.IO.File.Exists(File));
        _manual.Advance(TimeSpan.FromMinutes(4));
        Assert.Contains("GPU-1", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File + ".new"));
    }

    [Fact]
    public void A_clock_set_back_moves_no_account_and_the_file_follows_it()
    {
        using (var first = new Run(this))
        {
            first.Work("GPU-1", 60);
            _time.Step = TimeSpan.FromHours(-3);
            first.Work("GPU-1", 60, found: true);
            Assert.Equal(120, first.Hour("GPU-1").Measured, 6);
        }

        using var second = new Run(this);
        second.Work("GPU-1", 1);
        Assert.Equal(121, second.Hour("GPU-1").Measured, 6);
    }

    [Fact]
    public void A_clock_set_forward_lets_what_is_too_old_by_it_go()
    {
        using (var first = new Run(this)) first.Work("GPU-1", 60);
        _time.Step = TimeSpan.FromDays(3);
        using var second = new Run(this);
        second.Work("GPU-1", 1);
        Assert.Equal(1, second.Day("GPU-1").Measured, 6);
        Assert.Equal(1, Assert.Single(second.View.Accounts.Jobs.All).History.Total.Measured, 6);
    }

    [Theory]
    [InlineData("{\"version\":1,")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\":2,\"devices\":{},\"jobs\":[]}")]
    [InlineData("{\"version\":1,\"devices\":{\"GPU-1\":null},\"jobs\":[]}")]
    [InlineData("{\"version\":1,\"devices\":{},\"jobs\":[null]}")]
    [InlineData("{\"version\":1,\"devices\":{\"GPU-1\":{\"minutes\":[null],\"hours\":[]}},\"jobs\":[]}")]
    [InlineData("{\"version\":1,\"devices\":{\"GPU-1\":{\"minutes\":[{\"number\":1,\"sums\":[1,2]}],\"hours\":[]}},\"jobs\":[]}")]
    [InlineData("{\"version\":1,\"devices\":{\"GPU-1\":{\"minutes\":[{\"number\":-1,\"sums\":[1,2,3,4,5,6,7]}],\"hours\":[]}},\"jobs\":[]}")]
    [InlineData("{\"version\":1,\"devices\":{\"GPU-1\":{\"minutes\":[{\"number\":1,\"sums\":[-1,2,3,4,5,6,7]}],\"hours\":[]}},\"jobs\":[]}")]
    public void A_file_that_is_not_understood_is_moved_aside_and_named(string content)
    {
        System.IO.File.WriteAllText(File, content);
        var log = new List<string>();
        using var run = new Run(this, new Listener(log));
        Assert.Equal(content, System.IO.File.ReadAllText(File + ".bad"));
        Assert.Contains(File, Assert.Single(log), StringComparison.Ordinal);
        run.Work("GPU-1", 10);
        Assert.Equal(10, run.Hour("GPU-1").Measured, 6);
    }

    [Fact]
    public void A_directory_that_cannot_be_written_is_named_and_costs_nothing_else()
    {
        var log = new List<string>();
        Directory.CreateDirectory(File + ".new");
        using (var run = new Run(this, new Listener(log))) run.Work("GPU-1", 10);
        Assert.Contains("were not written", Assert.Single(log), StringComparison.Ordinal);
    }

    private sealed class Run : IDisposable
    {
        private readonly AccountsKeeperTests _test;
        private readonly AccountsKeeper _keeper;
        private readonly SourceView _source;

        public Run(AccountsKeeperTests test, ILogger? log = null)
        {
            _test = test;
            View = new(new NodeFacts { Name = "n1", BootId = "b", Version = "1", Started = test._time.GetUtcNow() }, test._time);
            _source = new("nvml", DriverErrorCatalog.Xid, test._time.GetUtcNow());
            _keeper = new(View, new AccountsFile(test.File, log ?? NullLogger.Instance), test._time);
            _keeper.Start();
        }

        public NodeView View { get; }

        public double Now => View.Accounts.Clock.Now;

        public DeviceView Card(string id) => View.Find(new DeviceId(id))!;

        public UsageSums Hour(string id) => Card(id).Account.History.Over(UsageWindow.Hour, Now);

        public UsageSums Day(string id) => Card(id).Account.History.Over(UsageWindow.Day, Now);

        /// <summary>Idle with memory held, a sample each second.</summary>
        public void Work(string id, int seconds, bool found = false)
        {
            var card = found ? Card(id) : View.Upsert(Cards.At("0000:18:00.0", id), _source);
            card.Workloads = [MeasuredCard.Job("4711")];
            for (var i = found ? 1 : 0; i <= seconds; i++)
            {
                if (i > 0) _test._manual.Advance(Second);
                var sample = new Sample { Arrived = _test._time.GetTimestamp() };
                foreach (var reading in MeasuredCard.Holding(0, 6000)) sample.Add(reading);
                card.Account.Take(sample, card.Workloads, View.Accounts);
            }
        }

        public void Dispose() => _keeper.Dispose();
    }

    private sealed class Listener(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
