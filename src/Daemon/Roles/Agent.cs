using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Efficiency;
using Forewarn.Daemon.Exporters;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Processes;
using Forewarn.Daemon.Reporting;
using Forewarn.Daemon.Schedulers.Slurm;
using Forewarn.Daemon.Simulation;
using Forewarn.Daemon.Sources;
using Forewarn.Daemon.Sources.Host;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Daemon.Store;
using Forewarn.Daemon.Workloads;
using Forewarn.Interop.Linux;
using Forewarn.Model;
using Forewarn.Predict;
using Forewarn.Predict.History;
using Forewarn.Predict.Rules;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Roles;

/// <summary>Everything that runs on a node, put together: sources → queues → assessment → view, and who reads the view.</summary>
internal sealed class Agent : IAsyncDisposable
{
    private static readonly TimeSpan StatusPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(2);

    private readonly NodeView _view;
    private readonly SandboxRestart _sandbox;
    private readonly SampleQueue _samples = new();
    private readonly EventQueue _events;
    private readonly List<(SourceHost Host, SourceIntake Intake)> _sources = [];
    private readonly AgentHttpServer _server;
    private readonly ImmutableArray<IExporter> _exporters;
    private readonly UsageMeter _usage;
    private readonly HostSampler _host;
    private readonly AccountsKeeper _accounts;
    private readonly EventKeeping _keeping;
    private readonly Assessor _assessor;
    private readonly Operators _operators;
    private readonly WorkloadTracker _workloads;
    private readonly MaintenanceWatch _slurm;
    private readonly Reporter? _reporter;
    private readonly KernelSource? _kernel;
    private readonly SimulatedNode? _simulated;
    private readonly TimeProvider _time;

    public Agent(ForewarnOptions options, SimulatedNode? simulated, string? simulation, ILoggerFactory loggers, TimeProvider time)
    {
        (_simulated, _time) = (simulated, time);
        _events = new EventQueue(time);
        var root = simulated?.Root ?? options.Agent.Root;
        _view = new NodeView(new NodeFacts
        {
            Name = options.Agent.NodeName,
            BootId = BootId.TryRead(root, out var boot) ? boot.ToString() : "",
            Version = ProgramVersion.Text,
            Simulation = simulation,
            Root = root,
            Started = time.GetUtcNow(),
        }, time);
        _view.Accounts.LongestGap = Freshness(options).Oldest(SampleGroup.Fast);
        var standing = new MaintenanceFile(Path.Join(options.Agent.StateDir, "maintenance.json"), loggers.CreateLogger("forewarn.maintenance"));
        _view.Maintenance = standing.Load(time.GetUtcNow());
        _sandbox = new SandboxRestart(options.Agent.StateDir, _view.Node.BootId);
        _view.Add(_samples.Meter);
        _view.Add(_events.Meter);
        _keeping = new EventKeeping(options.Agent.StateDir, options.Events.Keep, _view.Node.BootId, _events.Add, loggers, time);
        _view.EventStore = _keeping.Writer.Meter;
        _events.Recall(_keeping.Recalled);
        var judge = new Judge(new NodeHistory(_view.Node.BootId, Booted(root)), RuleList.All);
        judge.Configure(options.Rules);
        judge.Node.Overrides = options.ErrorCodes;
        _assessor = new Assessor(_samples, _events, _view, new NodeJudgement(_view, judge, _keeping.Recalled, time), _keeping.Writer.Post, time);
        _keeping.Emptied = () => _assessor.BeginAnew(_keeping.Recalled.Cursor);
        _operators = new Operators(_view, _assessor, standing, time);
        _workloads = new WorkloadTracker(root, _view.Attribution, options.Sampling.Processes);
        AddSources(options, loggers);
        _kernel = options.KernelLog.Enabled ? new KernelSource(options.KernelLog, _view, _events, time) : null;
        Progress = new ProgressWatch([.. _sources.Select(source => (source.Host.Name, (Func<long>)(() => source.Host.Turns)))],
            () => _assessor.Turns, time);
        _accounts = new AccountsKeeper(_view,
            new AccountsFile(Path.Join(options.Agent.StateDir, "efficiency.json"), loggers.CreateLogger("forewarn.efficiency")), time);
        _usage = new UsageMeter(_view, () => _sources.SelectMany(source => source.Host.Running), time);
        var enabled = SourceRegistry.All.Where(entry => options.Sources[entry.Declaration.Name].Enabled);
        _host = new HostSampler(_view, [.. enabled.Select(entry => entry.Host).OfType<HostWatch>()], time);
        _slurm = new MaintenanceWatch(
            options.Slurm, _view, _assessor.TryMaintainAsync, new CommandRunner(time), Random.Shared.NextDouble, time, loggers.CreateLogger("forewarn.maintenance"));
        _exporters = ExporterRegistry.Create(options, _view, loggers, time);
        _reporter = options.Reports.Url is { } controller
            ? new Reporter(controller, options.Reports, options.Agent, _view, _keeping.Writer, _keeping.Stream, Random.Shared.NextDouble, time, loggers.CreateLogger("forewarn.reports"))
            : null;
        var metrics = _exporters.OfType<PrometheusEndpoint>().SingleOrDefault();
        _server = new AgentHttpServer(options.Agent, _view, Operations(), metrics is null ? null : metrics.Invoke, time, loggers,
            events: new EventEndpoints(_view, _keeping.Writer, _keeping.Stream, time));
    }

    public ProgressWatch Progress { get; }

    public IReadOnlyCollection<string> Addresses => _server.Addresses;

    /// <summary>For <c>systemctl status</c>.</summary>
    public string StatusLine => string.Join("; ", _view.Sources.Select(source => string.Create(CultureInfo.InvariantCulture,
        $"{source.Name}: {source.Found} of {source.Expected} devices measured, {source.Status.State}")));

    public async Task StartAsync(CancellationToken stop)
    {
        await _server.StartAsync(stop);
        _keeping.Start();
        _assessor.Start();
        _accounts.Start();
        _usage.Start();
        _host.Start();
        _workloads.Start();
        _slurm.Start();
        foreach (var (host, _) in _sources) host.Start();
        _kernel?.Start(_keeping.Recalled.Cursor);
        foreach (var exporter in _exporters) exporter.Start();
        _reporter?.Start();
    }

    /// <summary>Runs until asked to stop (null), or until only a restart of the service can let a driver in (why).</summary>
    public async Task<string?> WaitAsync(Action<string> status, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(StatusPeriod, _time);
        var (told, isDenialKnown) = ("", false);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                foreach (var (_, intake) in _sources)
                {
                    if (intake.SandboxDenial is not { } denial || isDenialKnown) continue;
                    isDenialKnown = true;
                    if (_sandbox.IsWorthTrying()) return denial;
                }

                var line = StatusLine;
                if (line != told) status(told = line);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }

        return null;
    }

    public void Reconfigure(ForewarnOptions options)
    {
        _view.Accounts.LongestGap = Freshness(options).Oldest(SampleGroup.Fast);
        _workloads.Period = options.Sampling.Processes;
        foreach (var (host, _) in _sources) host.Reconfigure(Settings(host.Name, options));
        _ = _assessor.DoAsync(judgement => judgement.Configure(options.Rules, options.ErrorCodes));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (host, _) in _sources) host.Stop();
        _kernel?.Dispose();
        _samples.Complete();
        _events.Complete();
        _assessor.Stop();
        if (_reporter is not null) await _reporter.DisposeAsync(); // before the store that it reads from
        await _keeping.DisposeAsync(); // before the server, which waits for those who follow the events
        using var deadline = new CancellationTokenSource(StopDeadline, _time);
        await _server.StopAsync(deadline.Token);
        await _server.DisposeAsync();
        _usage.Dispose();
        _host.Dispose();
        _accounts.Dispose();
        _workloads.Dispose();
        await _slurm.DisposeAsync();
        foreach (var exporter in _exporters) await exporter.DisposeAsync();
    }

    private void AddSources(ForewarnOptions options, ILoggerFactory loggers)
    {
        var launch = new ProbeLaunch(ProgramFile.FindProbe(), options.Agent.RuntimeDir, _simulated?.Environment ?? new Dictionary<string, string>());
        var stderr = new StderrLog(loggers.CreateLogger("forewarn.library"), _time);
        var ill = _keeping.Recalled.Findings.Where(finding => finding is { IsObserved: false, Severity: >= Severity.Degraded }).Select(finding => finding.Device).ToHashSet();
        foreach (var entry in SourceRegistry.All)
        {
            var name = entry.Declaration.Name;
            var configured = options.Sources[name];
            if (!configured.Enabled) continue;
            var logger = loggers.CreateLogger($"forewarn.source.{name}");
            var source = new SourceView(name, entry.DriverErrors, _time.GetUtcNow());
            _view.Add(source);
            var file = new InventoryFile(Path.Join(options.Agent.StateDir, $"inventory-{name}.json"), logger);
            var inventory = new Inventory(configured.Expected, file, _view.Node.BootId, ill);
            var intake = new SourceIntake(entry, source, _view, _samples, _events, inventory, _workloads, _time);
            intake.Recall();
            _sources.Add((new SourceHost(entry, launch, Settings(name, options), intake, stderr, logger, _time), intake));
        }
    }

    private static Freshness Freshness(ForewarnOptions options) => new(options.Sampling.Fast, options.Sampling.Slow);

    private ProbeSettings Settings(string source, ForewarnOptions options)
    {
        var configured = options.Sources[source];
        return new ProbeSettings
        {
            Source = source,
            Generation = 0,
            Slots = "",
            Library = _simulated?.LibraryPath ?? configured.Library,
            Root = _view.Node.Root,
            Fast = options.Sampling.Fast,
            Slow = options.Sampling.Slow,
            Inventory = options.Sampling.Inventory,
            Processes = options.Sampling.Processes,
            FastDeadline = configured.Deadline,
            SlowDeadline = configured.SlowDeadline,
            StartDeadline = configured.StartDeadline,
            Profiling = configured.Profiling,
        };
    }

    private AgentOperations Operations() => new()
    {
        Stuck = Progress.Stuck,
        Release = (source, _) => ReleaseAsync(source),
        Resume = (source, _) => Task.FromResult(Resume(source)),
        Inject = _simulated is null ? null : InjectAsync,
        Clear = _operators.ClearAsync,
        Maintain = _operators.MaintainAsync,
    };

    /// <summary>When this boot began. Where the kernel does not tell, the agent's own start: rules that wait for a node to settle wait then.</summary>
    private DateTimeOffset Booted(string root)
        => _time.GetUtcNow() - (Uptime.TryRead(root, out var uptime) || Uptime.TryRead("/", out uptime) ? uptime : TimeSpan.Zero);

    private List<SourceHost> Hosts(string? source) => [.. _sources.Where(one => source is null || one.Host.Name == source).Select(one => one.Host)];

    private async Task<OperationResult> ReleaseAsync(string? source)
    {
        var hosts = Hosts(source);
        var kept = (await Task.WhenAll(hosts.Select(host => host.ReleaseAsync()))).SelectMany(pids => pids).ToList();
        return kept.Count == 0
            ? new OperationResult(true, $"released: {string.Join(", ", hosts.Select(host => host.Name))}")
            : new OperationResult(false, $"no probe is started any more, but the kernel does not let go of process {string.Join(", ", kept)}: it still holds the devices");
    }

    private OperationResult Resume(string? source)
    {
        var hosts = Hosts(source);
        foreach (var host in hosts) host.Resume();
        return new OperationResult(true, $"resumed: {string.Join(", ", hosts.Select(host => host.Name))}");
    }

    private async Task<OperationResult> InjectAsync(string line, CancellationToken cancellation)
    {
        try
        {
            await _simulated!.Control.InjectAsync(line, cancellation);
            return new OperationResult(true, "injected");
        }
        catch (SimulationException refused)
        {
            return new OperationResult(false, refused.Message);
        }
    }
}
