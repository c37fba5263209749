using System.Security.Cryptography;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>The real controller on the loopback, with a state directory that outlives it: it can be killed and started again.</summary>
internal sealed class ControllerUnderTest : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IReadOnlyDictionary<string, string> _surroundings;
    private readonly string _fleet;
    private readonly string _configuration;
    private readonly HttpClient _http;
    private RealProgram? _program;
    private long _forgotten;

    /// <param name="settings">Further lines of its configuration.</param>
    /// <param name="surroundings">What its commands need to find their scheduler.</param>
    public ControllerUnderTest(string settings, IReadOnlyDictionary<string, string> surroundings)
    {
        _surroundings = surroundings;
        var key = _folder.Write("site.key", Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var (port, socket) = (FreePort.Next(), Path.Join(_folder.Path, "s"));
        Url = $"http://127.0.0.1:{port}";
        _fleet = $"""
            [Fleet]
            Listen=127.0.0.1:{port}
            Socket={socket}
            StateDir={Path.Join(_folder.Path, "state")}
            SiteKeyFile={key}

            """;
        _configuration = _folder.Write("forewarn.conf", _fleet + settings);
        _http = SocketClient.Open(socket);
    }

    /// <summary>Where agents report.</summary>
    public string Url { get; }

    public string Errors => _program?.Errors ?? "it does not run";

    /// <summary>A file with the token of a node.</summary>
    public async Task<string> TokenFileAsync(string node)
    {
        await using var made = await RealProgram.RunAsync(Product.Program, ["fleet", "token", node, "--config", _configuration], "", TimeSpan.FromSeconds(20));
        Assert.True(await made.Ended == 0, made.Errors);
        var file = _folder.Write($"{node}.token", made.Output.Trim());
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    /// <summary>Returns when it answers on its socket.</summary>
    public Task StartAsync()
    {
        _program = RealProgram.Start(Product.Program, ["controller", "--config", _configuration], _surroundings);
        return Eventually.TrueAsync(AnswersAsync, TimeSpan.FromSeconds(20), "the controller answers on its socket", () => Errors);
    }

    /// <summary>Other further lines; returns when it has taken them over, if it runs.</summary>
    public async Task ReloadAsync(string settings)
    {
        _folder.Write("forewarn.conf", _fleet + settings);
        if (_program is not { IsRunning: true }) return;
        var before = Reloads;
        _program.Signal(Processes.Hangup);
        await Eventually.TrueAsync(() => Task.FromResult(Reloads > before), TimeSpan.FromSeconds(10), "the controller reads its configuration anew", () => Errors);
    }

    /// <summary>SIGKILL, wherever it stands.</summary>
    public async Task KillAsync()
    {
        if (_program is not null) await _program.DisposeAsync();
        _program = null;
    }

    public async Task<IReadOnlyList<FleetNodeAnswer>> NodesAsync() => IncidentAnswers.Fleet(await _http.GetStringAsync("v1/fleet"));

    /// <summary>The troubles known till now are those of an earlier test, and are told no more.</summary>
    public async Task ForgetAsync()
        => _forgotten = IncidentAnswers.All(await _http.GetStringAsync("v1/incidents")).Select(one => one.Id).DefaultIfEmpty().Max();

    /// <summary>The newest trouble of a node; null when there is none.</summary>
    public async Task<IncidentAnswer?> IncidentAsync(string node)
    {
        var all = IncidentAnswers.All(await _http.GetStringAsync("v1/incidents"));
        return all.Where(one => one.Node == node && one.Id > _forgotten).MaxBy(one => one.Id) is { } newest ? IncidentAnswers.One(await _http.GetStringAsync($"v1/incidents/{newest.Id}")) : null;
    }

    /// <summary>Waits for the node's newest trouble to be so.</summary>
    public async Task<IncidentAnswer> UntilIncidentAsync(string node, TimeSpan within, string because, Func<IncidentAnswer, bool> holds)
    {
        IncidentAnswer? seen = null;
        await Eventually.TrueAsync(
            async () => (seen = await IncidentAsync(node)) is { } incident && holds(incident), within, because, () => $"{seen}\n{Errors}");
        return seen!;
    }

    /// <summary>A person lets what was decided for this job be done.</summary>
    public async Task ApproveAsync(long incident, string job)
    {
        using var order = new StringContent($$"""{"incident":{{incident}},"job":"{{job}}","reason":"its owner agrees"}""");
        using var answer = await _http.PostAsync("v1/approve", order);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is { IsRunning: true })
        {
            _program.Signal(Processes.Terminate);
            await Task.WhenAny(_program.Ended, Pause.ForAsync(TimeSpan.FromSeconds(10)));
        }

        await KillAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private int Reloads => _program!.ErrorLines.Count(line => line.Contains("configuration reloaded", StringComparison.Ordinal));

    private async Task<bool> AnswersAsync()
    {
        if (!_program!.IsRunning) throw new InvalidOperationException($"the controller ended with {await _program.Ended}:\n{_program.Errors}");
        try
        {
            return await _http.GetStringAsync("healthz") is not null;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
