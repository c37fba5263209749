using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>The InfluxDB 1 that Debian ships, with its data in a folder of the test; it can be killed and started again.</summary>
internal sealed class InfluxDatabase : IAsyncDisposable
{
    public const string Writer = "forewarn";
    public const string Password = "a pass:word";

    private static readonly AuthenticationHeaderValue Admin = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("admin:admin")));

    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http;
    private readonly string _config;
    private RealProgram? _program;

    private InfluxDatabase(bool withUsers, TestAuthority? authority)
    {
        var (port, rpc) = (FreePort.Next(), FreePort.Next());
        Url = authority is null ? $"http://127.0.0.1:{port}" : $"https://localhost:{port}";
        _config = _folder.Write("influxdb.conf", $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{rpc}"
            [meta]
              dir = "{_folder.Path}/meta"
            [data]
              dir = "{_folder.Path}/data"
              wal-dir = "{_folder.Path}/wal"
            [monitor]
              store-enabled = false
            [http]
              bind-address = "127.0.0.1:{port}"
              auth-enabled = {(withUsers ? "true" : "false")}
              https-enabled = {(authority is null ? "false" : "true")}
              https-certificate = "{authority?.Certificate}"
              https-private-key = "{authority?.Key}"
            [ifql]
              enabled = false
            """);
        _http = new(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = authority?.Trust }, UseProxy = false })
        {
            BaseAddress = new(Url),
            DefaultRequestHeaders = { Authorization = withUsers ? Admin : null },
        };
    }

    public string Url { get; }

    public static async Task<InfluxDatabase> StartAsync(bool withUsers = false, TestAuthority? authority = null)
    {
        var database = new InfluxDatabase(withUsers, authority);
        await database.StartAgainAsync();
        if (withUsers) await database.AskAsync("CREATE USER admin WITH PASSWORD 'admin' WITH ALL PRIVILEGES");
        await database.AskAsync("CREATE DATABASE forewarn");
        if (!withUsers) return database;
        await database.AskAsync($"CREATE USER {Writer} WITH PASSWORD '{Password}'");
        await database.AskAsync($"GRANT WRITE ON forewarn TO {Writer}");
        return database;
    }

    public async Task StartAgainAsync()
    {
        _program = RealProgram.Start("influxd", ["-config", _config]);
        await Eventually.TrueAsync(AnswersAsync, TimeSpan.FromSeconds(30), "influxd answers", () => _program.Errors);
    }

    public async Task KillAsync()
    {
        await _program!.DisposeAsync();
        _program = null;
    }

    public async Task WriteAsync(string line)
    {
        using var answer = await _http.PostAsync("/write?db=forewarn", new StringContent(line));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>How many points there are: each has one of these fields.</summary>
    public async Task<long> CountAsync() => await SumAsync("value") + await SumAsync("simulated") + await SumAsync("processes");

    /// <summary>The times of one measurement of one device, in ms, as the database orders them.</summary>
    public async Task<IReadOnlyList<long>> TimesAsync(string measurement, int index)
    {
        using var answer = await AskAsync($"SELECT value FROM {measurement} WHERE \"index\"='{index}'");
        return [.. Rows(answer).Select(row => row[0].GetInt64())];
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null) await _program.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<long> SumAsync(string field)
    {
        using var answer = await AskAsync($"SELECT count({field}) FROM /.*/");
        return Rows(answer).Sum(row => row[1].GetInt64());
    }

    private async Task<JsonDocument> AskAsync(string query)
    {
        using var form = new FormUrlEncodedContent([new("q", query), new("db", "forewarn"), new("epoch", "ms")]);
        using var answer = await _http.PostAsync("/query", form);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode && !text.Contains("\"error\"", StringComparison.Ordinal), $"{query}: {text}");
        return JsonDocument.Parse(text);
    }

    private static List<JsonElement> Rows(JsonDocument answer) =>
        answer.RootElement.GetProperty("results")[0].TryGetProperty("series", out var series)
            ? [.. series.EnumerateArray().SelectMany(one => one.GetProperty("values").EnumerateArray())]
            : [];

    private async Task<bool> AnswersAsync()
    {
        Assert.True(_program!.IsRunning, $"influxd ended:\n{_program.Errors}");
        try
        {
            using var answer = await _http.GetAsync("/ping");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
