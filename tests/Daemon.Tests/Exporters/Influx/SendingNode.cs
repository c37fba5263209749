using System.Globalization;
using System.Text;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Exporters.Influx;
using Forewarn.Daemon.Pipeline;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

/// <summary>Outbox and sender before a scripted server, on a clock that stands still. Batches are made by hand: each is a second of so many series.</summary>
internal sealed class SendingNode : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly bool _ownsFolder;
    private readonly InfluxServer _server;
    private readonly Task _sending;
    private readonly Outbox _outbox;

    public SendingNode(ScriptedServer server, ManualTimeProvider time, Func<InfluxOptions, InfluxOptions>? change = null, TemporaryFolder? folder = null)
        : this(server.Url, time, change, folder)
    {
    }

    public SendingNode(Uri url, ManualTimeProvider time, Func<InfluxOptions, InfluxOptions>? change = null, TemporaryFolder? folder = null)
    {
        (Time, _ownsFolder, Folder) = (time, folder is null, folder ?? new TemporaryFolder());
        var options = Options(url, Folder);
        options = change?.Invoke(options) ?? options;
        Meter = new("influx", url.ToString());
        _outbox = new(new SpoolFolder(options.SpoolDir, Meter, Log), options.SpoolMax, Meter);
        _server = new(options, Meter, time);
        _outbox.Recall();
        var sender = new Sender(_outbox, _server, Meter, new Backoff(() => 0.5), new RefusedPoints(Meter, time, Log), time, Log);
        _sending = Task.Run(() => sender.RunAsync(_stop.Token));
    }

    public TemporaryFolder Folder { get; }

    public string Spool => Path.Join(Folder.Path, "spool");

    public DeliveryView Meter { get; }

    public LogLines Log { get; } = new();

    public ManualTimeProvider Time { get; }

    public static InfluxOptions Options(Uri url, TemporaryFolder folder) => new()
    {
        Enabled = true,
        Url = url,
        Api = InfluxApi.V1,
        Database = "forewarn",
        Interval = TimeSpan.FromSeconds(10),
        BatchPoints = 5000,
        Timeout = TimeSpan.FromSeconds(10),
        SpoolMax = 1 << 20,
        SpoolDir = Path.Join(folder.Path, "spool"),
        LinkSeries = true,
    };

    /// <summary>The points of one moment: <c>m,series=0 value=5 5000</c> and so on.</summary>
    public static Batch BatchAt(int second, int points = 10) => Batch(second, [.. Enumerable.Range(0, points).Select(series => Line(second, series))]);

    public static Batch Batch(int second, params string[] lines) => new(
        Daemon.Exporters.Influx.Batch.Pack(Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")))), lines.Length,
        DateTimeOffset.FromUnixTimeSeconds(second));

    public static string Line(int second, int series) => string.Create(CultureInfo.InvariantCulture, $"m,series={series} value={second} {second}000");

    /// <summary>The seconds of the batches in the order in which the server saw them; one that came again counts once.</summary>
    public static IEnumerable<long> Order(ScriptedServer server) => server.Received
        .SelectMany(write => write.Lines.Select(line => LinePoint.Parse(line).Time / 1000)).Distinct();

    public void Add(Batch batch)
    {
        Meter.CountTaken(batch.Points); // as the intake does
        _outbox.Add(batch);
    }

    public void Add(int from, int count, int points = 10)
    {
        for (var second = from; second < from + count; second++) Add(BatchAt(second, points));
    }

    /// <summary>Lets time pass, a second at a look, until it holds.</summary>
    public Task UntilAsync(Func<bool> holds, string because, double step = 1) => Eventually.TrueAsync(
        () =>
        {
            if (holds()) return Task.FromResult(true);
            Time.Advance(TimeSpan.FromSeconds(step));
            return Task.FromResult(false);
        },
        TimeSpan.FromSeconds(30), because, () => string.Join('\n', Log.All));

    public Task UntilWrittenAsync(long points) => UntilAsync(() => Meter.Written >= points, $"{points} points are written");

    /// <summary>As the agent ends: what has not arrived lies in the spool.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _sending);
        _outbox.Secure();
        _server.Dispose();
        _outbox.Dispose();
        _stop.Dispose();
        if (_ownsFolder) Folder.Dispose();
    }
}
