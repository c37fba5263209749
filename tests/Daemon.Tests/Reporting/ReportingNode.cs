using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Reporting;
using Forewarn.Daemon.Tests.Api;
using Forewarn.Daemon.Tests.Exporters.Influx;
using Forewarn.Daemon.Tests.Store;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Tests.Reporting;

/// <summary>A node with the real store and a reporter, on a clock that stands still.</summary>
internal sealed class ReportingNode : IAsyncDisposable
{
    private readonly bool _ownsFolder;
    private readonly StoredNode _stored;
    private readonly Reporter _reporter;

    public ReportingNode(Uri url, ManualTimeProvider time, TemporaryFolder? folder = null, Func<ReportOptions, ReportOptions>? change = null)
    {
        (Time, _ownsFolder, Folder) = (time, folder is null, folder ?? new TemporaryFolder());
        _stored = new StoredNode(Folder.Path, time);
        // Longer than it takes this machine to answer while the clock is moved on by the test.
        var options = new ReportOptions { Url = url, Node = "n1", Timeout = TimeSpan.FromMinutes(1) };
        _reporter = new Reporter(
            url, change?.Invoke(options) ?? options, Agent(Folder), Node.View, _stored.Writer, _stored.Stream, () => 0.5, time, Log);
        _reporter.Start();
    }

    public TemporaryFolder Folder { get; }

    public HandMadeNode Node { get; } = new HandMadeNode(simulation: "h100-8").WithDevices(2);

    public ReportingView Meter => Node.View.Reporting!;

    public LogLines Log { get; } = new();

    public ManualTimeProvider Time { get; }

    public static AgentOptions Agent(TemporaryFolder folder) => new()
    {
        NodeName = "n1",
        Listen = [],
        Socket = Path.Join(folder.Path, "f.sock"),
        StateDir = folder.Path,
        RuntimeDir = Path.Join(folder.Path, "run"),
        Root = "/",
        LogLevel = LogLevel.Information,
    };

    /// <summary>So many things happen, and lie in the store.</summary>
    public void Happen(int count = 1)
    {
        _stored.Post(count);
        Assert.True(_stored.Writer.Turn());
    }

    /// <summary>Lets time pass, a step at a look, until it holds.</summary>
    public Task UntilAsync(Func<bool> holds, string because, double step = 0.5) => Eventually.TrueAsync(
        () =>
        {
            if (holds()) return Task.FromResult(true);
            Time.Advance(TimeSpan.FromSeconds(step));
            return Task.FromResult(false);
        },
        TimeSpan.FromSeconds(60), because, () => string.Join('\n', Log.All));

    public Task UntilTakenAsync(long reports) => UntilAsync(() => Meter.Taken >= reports, $"{reports} reports are taken");

    /// <summary>As the agent ends.</summary>
    public async ValueTask DisposeAsync()
    {
        await _reporter.DisposeAsync();
        _stored.Dispose();
        if (_ownsFolder) Folder.Dispose();
    }
}
