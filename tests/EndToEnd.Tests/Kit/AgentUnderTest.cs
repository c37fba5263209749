using System.Globalization;
using System.Text;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>
/// The real agent in a folder of its own, by default on a simulated node of its own. It is asked as a user asks it: over its socket.
/// When the test ends, so does it, and nothing that it started may be left.
/// </summary>
internal sealed class AgentUnderTest : IAsyncDisposable
{
    public const int Gpus = 8; // of profile h100-8

    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder;
    private readonly bool _ownsFolder;
    private readonly HttpClient _http;
    private readonly HashSet<int> _started = [];

    private AgentUnderTest(TemporaryFolder folder, bool ownsFolder, RealProgram program)
    {
        (_folder, _ownsFolder, Program) = (folder, ownsFolder, program);
        _http = SocketClient.Open(SocketPath);
    }

    public RealProgram Program { get; }

    public int Pid => Program.Pid;

    public string SimulatedRoot => RootIn(_folder);

    /// <summary>The probes that run now: one for all devices, and one for each device that is tried on its own.</summary>
    public IReadOnlyList<int> Probes => [.. Children.Where(pid => Processes.CommandLine(pid) is [_, "probe", ..])];

    /// <summary>The probe for all devices; null between two.</summary>
    public int? MainProbe => Probes
        .Where(pid => !Processes.CommandLine(pid).Any(word => word.StartsWith("only=", StringComparison.Ordinal)))
        .Select(pid => (int?)pid).LastOrDefault();

    /// <summary>Every process that the agent has started and that still runs; they are remembered for the end.</summary>
    public IReadOnlyList<int> Children
    {
        get
        {
            var now = Processes.ChildrenOf(Pid);
            lock (_started) _started.UnionWith(now);
            return now;
        }
    }

    public static string RootIn(TemporaryFolder folder) => Path.Join(folder.Path, "run", "simulated");

    /// <summary>Starts an agent on a simulated node and returns when it answers on its socket.</summary>
    public static Task<AgentUnderTest> StartAsync(string simulate = "h100-8", params string[] settings) =>
        StartAsync(new AgentStart { Simulate = simulate, Settings = settings });

    public static async Task<AgentUnderTest> StartAsync(AgentStart start)
    {
        var agent = Launch(start);
        try
        {
            await Eventually.TrueAsync(agent.AnswersAsync, TimeSpan.FromSeconds(20), "the agent answers on its socket",
                () => agent.Program.Errors);
            return agent;
        }
        catch
        {
            await agent.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts an agent and does not wait for anything.</summary>
    public static AgentUnderTest Launch(AgentStart start)
    {
        var folder = start.Folder ?? new TemporaryFolder();
        var program = RealProgram.Start(Product.Program, start.Arguments(folder), start.Environment);
        return new AgentUnderTest(folder, start.Folder is null, program);
    }

    public async Task<Scrape> ScrapeAsync() => Scrape.Parse(await _http.GetStringAsync("metrics"));

    public async Task<IReadOnlyList<DeviceAnswer>> DevicesAsync(string signals = "none") =>
        NodeAnswers.Devices(await _http.GetStringAsync($"v1/devices?signals={signals}"));

    /// <summary>The device that the driver counts as this one.</summary>
    public async Task<DeviceAnswer> DeviceAsync(int index) => (await DevicesAsync()).Single(device => device.Index == index && device.Parent is null);

    public async Task<SourceAnswer> SourceAsync() => NodeAnswers.Nvml(await _http.GetStringAsync("v1/node"));

    public async Task<EfficiencyAnswer> EfficiencyAsync() => NodeAnswers.Efficiency(await _http.GetStringAsync("v1/efficiency"));

    public async Task<IReadOnlyList<EventAnswer>> EventsAsync(string query = "") => NodeAnswers.Events(await _http.GetStringAsync("v1/events" + query));

    public async Task PostAsync(string path)
    {
        using var answer = await _http.PostAsync(path, null);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>Puts a fault into the simulated node, in the words of a scenario line.</summary>
    public Task InjectAsync(string line) => SimulatedNodeUnderTest.RequestAsync(SimulatedRoot, "inject " + line);

    public Task UntilAllMeasuredAsync() => UntilAllMeasuredAsync(TimeSpan.FromSeconds(20));

    public Task UntilAllMeasuredAsync(TimeSpan within) => UntilAsync(
        within, "all eight devices are measured", devices => devices.Count(device => device.Presence == "Measured") == Gpus);

    public Task UntilDeviceAsync(int index, TimeSpan within, string because, Func<DeviceAnswer, bool> holds) =>
        UntilAsync(within, because, devices => devices.Any(device => device.Index == index && device.Parent is null && holds(device)));

    public Task UntilAsync(TimeSpan within, string because, Func<IReadOnlyList<DeviceAnswer>, bool> holds)
    {
        IReadOnlyList<DeviceAnswer> seen = [];
        return Eventually.TrueAsync(async () => holds(seen = await DevicesAsync()), within, because, () => Describe(seen));
    }

    public Task UntilSourceAsync(TimeSpan within, string because, Func<SourceAnswer, bool> holds)
    {
        SourceAnswer? seen = null;
        return Eventually.TrueAsync(async () => holds(seen = await SourceAsync()), within, because, () => $"{seen}\n{Program.Errors}");
    }

    public Task UntilLoggedAsync(string text, TimeSpan within) => Eventually.TrueAsync(
        () => Task.FromResult(Program.Errors.Contains(text, StringComparison.Ordinal)), within, $"the log says: {text}",
            () => Program.Errors);

    /// <summary>SIGTERM, as systemd stops it; gives the exit code.</summary>
    public Task<int> StopAsync(TimeSpan within)
    {
        _ = Children;
        Program.Signal(Processes.Terminate);
        return Program.Ended.WaitAsync(within, TimeProvider.System);
    }

    /// <summary>Waits until nothing that the agent had started is left.</summary>
    public Task UntilChildrenAreGoneAsync(TimeSpan within) =>
        Eventually.TrueAsync(() => !Left().Any(), within, "every process that the agent had started has ended");

    public async ValueTask DisposeAsync()
    {
        try
        {
            _ = Children;
            if (Program.IsRunning) await StopAsync(StopDeadline);
            await UntilChildrenAreGoneAsync(TimeSpan.FromSeconds(5));
        }
        finally
        {
            await Program.DisposeAsync();
            foreach (var pid in Left()) Processes.Signal(pid, Processes.Kill);
            _http.Dispose();
            if (_ownsFolder) _folder.Dispose();
        }
    }

    public string SocketPath => Path.Join(_folder.Path, "s");

    private IEnumerable<int> Left()
    {
        lock (_started) return [.. _started.Where(Processes.Runs)];
    }

    private async Task<bool> AnswersAsync()
    {
        if (!Program.IsRunning) throw new InvalidOperationException($"the agent ended with {await Program.Ended}:\n{Program.Errors}");
        _ = Children;
        try
        {
            return await _http.GetStringAsync("healthz") is not null;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Describe(IReadOnlyList<DeviceAnswer> devices)
    {
        var text = new StringBuilder();
        foreach (var device in devices)
        {
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{device.Index} {device.PciAddress} {device.Presence} {device.Reason} {device.Detail} {device.LastSample:HH:mm:ss.fff}");
        }

        return text.Append(Program.Errors).ToString();
    }
}
