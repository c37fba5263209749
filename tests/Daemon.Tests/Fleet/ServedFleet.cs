using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text.Json;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Fleet;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Roles;
using Forewarn.Daemon.Tests.Api;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Fleet;

/// <summary>The real controller on a free port and on a real Unix socket, with a store on the disk; a test moves its clock.</summary>
internal sealed class ServedFleet : IAsyncDisposable
{
    public const string SiteKey = "0123456789abcdef0123456789abcdef";
    public const string OperatorToken = "operators-token-0123456789abcdef";

    public static readonly DateTimeOffset Now = new(2026, 3, 4, 3, 16, 7, TimeSpan.Zero);

    private readonly TemporaryFolder _folder;
    private readonly bool _ownsFolder;
    private readonly FleetController _controller;

    private ServedFleet(TemporaryFolder? folder, Func<FleetOptions, FleetOptions>? change, Func<ManualTimeProvider, RecoveryParts>? parts, DateTimeOffset start, ILogger? log)
    {
        Time = new ManualTimeProvider(start);
        (_folder, _ownsFolder) = (folder ?? new TemporaryFolder(), folder is null);
        Directory.CreateDirectory(Path.Join(_folder.Path, "state"));
        var options = new FleetOptions
        {
            Listen = [new ListenAddress(System.Net.IPAddress.Loopback, 0)],
            Socket = Path.Join(_folder.Path, "controller.sock"),
            StateDir = Path.Join(_folder.Path, "state"),
            SiteKeyFile = Secret(_folder, "site.key", SiteKey),
            OperatorTokenFile = Secret(_folder, "operator.token", OperatorToken),
            SilentAfter = TimeSpan.FromSeconds(30),
            Keep = TimeSpan.FromDays(365),
        };
        Socket = options.Socket;
        _controller = new FleetController(change?.Invoke(options) ?? options, log is null ? NullLoggerFactory.Instance : new OneLogger(log), Time, parts?.Invoke(Time));
    }

    public ManualTimeProvider Time { get; }

    public string Socket { get; }

    public FleetKeeper Keeper => _controller.Keeper;

    /// <summary>The loop that acts, where there is one; it does not look by itself.</summary>
    public RecoveryHost? Recovery => _controller.Recovery;

    public HttpClient Client { get; private set; } = null!;

    public HttpClient OverSocket { get; private set; } = null!;

    /// <param name="folder">Of an earlier one that was stopped; its own when null.</param>
    /// <param name="change">Other options.</param>
    /// <param name="later">A minute after the others.</param>
    /// <param name="parts">Whose work is looked after.</param>
    /// <param name="log">Takes what it logs.</param>
    public static async Task<ServedFleet> StartAsync(
        TemporaryFolder? folder = null, Func<FleetOptions, FleetOptions>? change = null, bool later = false, Func<ManualTimeProvider, RecoveryParts>? parts = null,
        ILogger? log = null)
    {
        var served = new ServedFleet(folder, change, parts, later ? Now.AddMinutes(1) : Now, log);
        await served._controller.StartAsync(CancellationToken.None);
        served.Client = new() { BaseAddress = new(served._controller.Addresses.First(address => !address.Contains("unix", StringComparison.Ordinal))) };
        served.OverSocket = ServedNode.Through(served.Socket);
        return served;
    }

    public static string Secret(TemporaryFolder folder, string name, string text)
    {
        var file = folder.Write(name, text + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    public static string TokenOf(string node) => new NodeTokens(System.Text.Encoding.UTF8.GetBytes(SiteKey)).Of(node);

    public static AgentReport Report(string node = "n1", long sequence = 1, string store = "s1", params long[] transitions) => new()
    {
        Protocol = ReportProtocol.Version,
        Node = node,
        Store = store,
        Sequence = sequence,
        At = Now,
        Started = Now.AddHours(-1),
        Itself = Device(DeviceId.Node.Value, "", HealthState.Healthy),
        Devices = [Device("GPU-a", "card-a", HealthState.Healthy), Device("GPU-b", "card-b", HealthState.Healthy)],
        Transitions = [.. transitions.Select(id => new ReportedTransition(id, HealthEventKind.FindingRaised, "GPU-a", Now, $"transition {id}", "row-remap-pending"))],
    };

    public static ReportedDevice Device(string id, string serial, HealthState state)
        => new() { Id = id, Serial = serial, Presence = DevicePresence.Measured, State = state, Since = Now };

    public static byte[] Pack(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(body);
        return packed.ToArray();
    }

    public Task<HttpResponseMessage> SendAsync(AgentReport report, string? token = null)
        => SendAsync(Pack(JsonSerializer.SerializeToUtf8Bytes(report, FleetJson.Default.AgentReport)), token ?? TokenOf(report.Node));

    public async Task<HttpResponseMessage> SendAsync(byte[] body, string? token, string coding = "gzip")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, ReportProtocol.Path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentEncoding.Add(coding);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Client.SendAsync(request);
    }

    public async Task<ReportReply> TellAsync(AgentReport report)
    {
        using var answer = await SendAsync(report);
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        return JsonSerializer.Deserialize(await answer.Content.ReadAsByteArrayAsync(), FleetJson.Default.ReportReply)!;
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        OverSocket?.Dispose();
        await _controller.DisposeAsync();
        if (_ownsFolder) _folder.Dispose();
    }

    private sealed class OneLogger(ILogger log) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => log;

        public void AddProvider(ILoggerProvider provider)
        {
            // There is one.
        }

        public void Dispose()
        {
            // It is its test's.
        }
    }
}
