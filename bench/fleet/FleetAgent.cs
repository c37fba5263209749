using System.Buffers.Text;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Forewarn.Controller.Reports;
using Forewarn.Model;

namespace Forewarn.Bench.Fleet;

/// <summary>One node's reports over a TLS connection of its own that is kept, from an address of its own, at the pace of an agent.</summary>
internal sealed class FleetAgent : IDisposable
{
    private readonly int _number;
    private readonly Uri _where;
    private readonly HttpClient _http;
    private readonly DateTimeOffset _started;
    private readonly ImmutableArray<ReportedDevice> _devices;
    private TaskCompletionSource _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence;
    private ReportedTransition? _untold;
    private bool _isIll;

    public FleetAgent(int number, int port, byte[] siteKey, string certificate, DateTimeOffset now)
    {
        (_number, _started, _where) = (number, now, new Uri($"https://localhost:{port}{ReportProtocol.Path}"));
        var name = SiteFiles.NameOf(number);
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5), // as the agent has it
            MaxConnectionsPerServer = 1,
            UseProxy = false,
            SslOptions = new() { RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString(HashAlgorithmName.SHA256) == certificate },
        })
        { Timeout = TimeSpan.FromSeconds(20) };
        var signature = Base64Url.EncodeToString(HMACSHA256.HashData(siteKey, Encoding.ASCII.GetBytes(name)));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{name}.{signature}");
        _devices = [.. Enumerable.Range(0, SiteFiles.Cards).Select(card => Device(card, now))];
    }

    /// <summary>A controller has answered the last report.</summary>
    public bool IsHeard { get; private set; }

    /// <summary>When it was told that a card is about to fail, and when that was answered.</summary>
    public (DateTimeOffset Noticed, TimeSpan Answered)? Told { get; private set; }

    /// <summary>Answers that were none, since the start.</summary>
    public int Refusals { get; private set; }

    // Of each node another one: the same on three of them would be taken for one trouble of the fleet, and be for people.
    private string Rule => $"row-remap-pending-{_number}";

    /// <summary>Its first card is about to fail, from now on.</summary>
    public void Fail(DateTimeOffset now)
    {
        _isIll = true;
        _untold = new(1, HealthEventKind.FindingRaised, _devices[0].Id, now, "Degraded: remapping of rows waits for a reset", Rule);
        _fault.TrySetResult();
    }

    /// <summary>It is well again, from now on.</summary>
    public void Heal()
    {
        _isIll = false;
        _fault.TrySetResult();
    }

    /// <summary>Until it is cancelled; the first report after a random part of the pause with which agents come back.</summary>
    public async Task RunAsync(TimeProvider time, CancellationToken cancellation)
    {
        var pause = ReportProtocol.Heartbeat * Random.Shared.NextDouble();
        var wanted = 1;
        while (!cancellation.IsCancellationRequested)
        {
            var fault = _fault;
            await Task.WhenAny(fault.Task, Task.Delay(pause, time, cancellation));
            if (fault.Task.IsCompleted) _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);
            IsHeard = await ReportAsync(time, cancellation);
            (pause, wanted) = IsHeard ? (ReportProtocol.Heartbeat, 1) : (TimeSpan.FromSeconds(wanted) * Random.Shared.NextDouble(), Math.Min(wanted * 2, (int)ReportProtocol.LongestPause.TotalSeconds));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> ReportAsync(TimeProvider time, CancellationToken cancellation)
    {
        var told = _untold;
        using var body = new ByteArrayContent(Packed(time.GetUtcNow(), told));
        body.Headers.ContentType = new("application/json");
        body.Headers.ContentEncoding.Add("gzip");
        try
        {
            using var answer = await _http.PostAsync(_where, body, cancellation);
            if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"{answer.StatusCode}");
            var reply = JsonSerializer.Deserialize(await answer.Content.ReadAsStreamAsync(cancellation), FleetJson.Default.ReportReply);
            if (told is null || reply!.Taken < told.Id) return true;
            (_untold, Told) = (null, (told.At, time.GetUtcNow() - told.At));
            return true;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException or JsonException && !cancellation.IsCancellationRequested)
        {
            Refusals++;
            return false;
        }
    }

    private byte[] Packed(DateTimeOffset now, ReportedTransition? told)
    {
        var report = new AgentReport
        {
            Protocol = ReportProtocol.Version,
            Node = SiteFiles.NameOf(_number),
            Store = $"store-{_number}",
            Sequence = ++_sequence,
            At = now,
            Started = _started,
            BootId = $"boot-{_number}",
            Version = "0.1.0",
            Driver = "580.65.06",
            Itself = new() { Id = DeviceId.Node.Value, Presence = DevicePresence.Measured, State = HealthState.Healthy, Since = _started },
            Devices = _isIll ? _devices.SetItem(0, Ill(_devices[0], now)) : _devices,
            Transitions = told is null ? [] : [told],
        };
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) JsonSerializer.Serialize(gzip, report, FleetJson.Default.AgentReport);
        return packed.ToArray();
    }

    private ReportedDevice Device(int card, DateTimeOffset now) => new()
    {
        Id = $"GPU-{_number:x8}-0000-4000-8000-{card:x12}",
        Serial = $"16{_number:00000}{card:0000}",
        Model = "H100 80GB HBM3",
        PciAddress = $"0000:{0x18 + (card * 0x10):x2}:00.0",
        Minor = card,
        Presence = DevicePresence.Measured,
        State = HealthState.Healthy,
        Since = now,
        Jobs = [],
        LastHealthyUnderLoad = now,
    };

    private ReportedDevice Ill(ReportedDevice device, DateTimeOffset now) => device with
    {
        State = HealthState.Degraded,
        Since = now,
        Rule = Rule,
        Summary = "remapping of rows waits for a reset",
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.ResetDevice),
        Probability = new(0.05, 0.3, 0.5),
    };

    // A node has an address of its own, and a controller takes only so many connections of one.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(new IPAddress([127, 1, (byte)(_number / 250), (byte)((_number % 250) + 1)]), 0));
            await socket.ConnectAsync(IPAddress.Loopback, _where.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
