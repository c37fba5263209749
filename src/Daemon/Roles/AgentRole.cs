using Forewarn.Daemon.Api;
using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Files;
using Forewarn.Daemon.Simulation;
using Forewarn.Daemon.Systemd;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Roles;

/// <summary>The agent from its command line to its exit code: loads the configuration, runs, reloads on SIGHUP.</summary>
internal static partial class AgentRole
{
    /// <summary>
    /// The sandbox hides a driver that came after the unit was started; the unit restarts at once on this code (RestartForceExitStatus).
    /// EX_TEMPFAIL of sysexits.h: try again later.
    /// </summary>
    public const int RestartToSeeDevices = 75;

    public static async Task<int> RunAsync(AgentRequest request, CancellationToken stop)
    {
        var service = ServiceEnvironment.Take();
        var loaded = AgentConfiguration.Load(request);
        if (loaded.Options is not { } options)
        {
            foreach (var error in loaded.Errors) await Console.Error.WriteLineAsync(error.ToString());
            return ExitCode.Usage;
        }

        using var loggers = AgentLogging.Create(options.Agent.LogLevel);
        var logger = loggers.CreateLogger("forewarn");
        var time = TimeProvider.System;
        var notifier = service.Notifier(time, logger);
        try
        {
            PrepareDirectories(options.Agent, logger);
            using var state = StateLock.TryTake(options.Agent.StateDir, out var holder);
            if (state is null)
            {
                var who = holder > 0 ? ProcessName.Of(holder) : "another process";
                await Console.Error.WriteLineAsync($"forewarn agent: the state directory {options.Agent.StateDir} is held by {who}; stop that agent, or choose another directory with --state-dir");
                return ExitCode.Failed;
            }

            await using var simulated = await SimulateAsync(request, options, time, logger, stop);
            await using var agent = new Agent(options, simulated, request.Simulate, loggers, time);
            await agent.StartAsync(stop);
            using var heartbeat = new WatchdogHeartbeat(service.Watchdog, agent.Progress.HasTurned, notifier, time);
            await heartbeat.StartAsync(stop);
            using var reload = new ReloadSignal(() => Reload(request, loaded, agent, notifier, logger));
            if (request.Simulate is { } simulation) Log.Simulated(logger, simulation);
            foreach (var address in agent.Addresses) Log.Serving(logger, address);
            notifier.Ready();
            notifier.Status(agent.StatusLine);
            var denial = await agent.WaitAsync(line => notifier.Status(line), stop);
            notifier.Stopping();
            if (denial is not null) Log.Restarting(logger, denial);
            return denial is null ? ExitCode.Ok : RestartToSeeDevices;
        }
        catch (Exception exception) when (exception is ListenException or SimulationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"forewarn agent: {exception.Message}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
    }

    private static void PrepareDirectories(AgentOptions options, ILogger logger)
    {
        Directory.CreateDirectory(options.RuntimeDir);
        try
        {
            Directory.CreateDirectory(options.StateDir);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NoState(logger, options.StateDir, exception.Message);
        }
    }

    private static async Task<SimulatedNode?> SimulateAsync(
        AgentRequest request, ForewarnOptions options, TimeProvider time, ILogger logger, CancellationToken stop)
    {
        if (request.Simulate is null) return null;
        var library = new SimulationLibrary(options.Simulation.Directory);
        return await SimulatedNode.StartAsync(
            library, library.Find(request.Simulate), SimulatedNode.RootUnder(options.Agent.RuntimeDir), time, logger, stop);
    }

    /// <summary>A configuration with errors changes nothing: the agent goes on with what it has and says what is wrong.</summary>
    private static void Reload(AgentRequest request, ConfigurationResult inForce, Agent agent, IServiceNotifier notifier, ILogger logger)
    {
        notifier.Reloading();
        var loaded = AgentConfiguration.Load(request);
        foreach (var error in loaded.Errors) Log.NotReloaded(logger, error.ToString());
        if (loaded.Options is { } options)
        {
            agent.Reconfigure(options);
            foreach (var change in ProgramSettings.ChangesThatWait(inForce.Values, loaded.Values)) Log.WaitsForRestart(logger, change);
            Log.Reloaded(logger);
        }

        notifier.Ready();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "serving [address `{Address}`]")]
        public static partial void Serving(ILogger logger, string address);

        [LoggerMessage(EventId = 6, Level = LogLevel.Warning, Message = "SIMULATED NODE: nothing that is shown is real hardware [simulation `{Simulation}`]")]
        public static partial void Simulated(ILogger logger, string simulation);

        [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "ending so that the service is started with the driver's device numbers: {Reason}")]
        public static partial void Restarting(ILogger logger, string reason);

        [LoggerMessage(EventId = 3, Level = LogLevel.Information, Message = "configuration reloaded")]
        public static partial void Reloaded(ILogger logger);

        [LoggerMessage(EventId = 7, Level = LogLevel.Warning, Message = "{Change}: takes effect when the service is restarted")]
        public static partial void WaitsForRestart(ILogger logger, string change);

        [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "configuration not reloaded, the old one stays: {Error}")]
        public static partial void NotReloaded(ILogger logger, string error);

        [LoggerMessage(EventId = 5, Level = LogLevel.Warning, Message = "state directory cannot be used, nothing will survive a restart: {Reason} [directory `{Directory}`]")]
        public static partial void NoState(ILogger logger, string directory, string reason);
    }
}
