using Forewarn.Controller.Guards;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Files;
using Forewarn.Daemon.Fleet;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Systemd;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Roles;

/// <summary>The controller from its command line to its exit code.</summary>
internal static partial class ControllerRole
{
    public static async Task<int> RunAsync(ControllerRequest request, CancellationToken stop)
    {
        var service = ServiceEnvironment.Take();
        var loaded = new ConfigurationLoader(ProgramSettings.Catalog).Load(request.Paths, request.Overrides);
        if (loaded.Options is not { Fleet: { } options } all)
        {
            foreach (var error in loaded.Errors) await Console.Error.WriteLineAsync(error.ToString());
            return ExitCode.Usage;
        }

        using var loggers = AgentLogging.Create(options.LogLevel);
        var logger = loggers.CreateLogger("forewarn.controller");
        var time = TimeProvider.System;
        var notifier = service.Notifier(time, logger);
        try
        {
            // Without it what is told would be lost by a restart, and agents be told to forget it: unlike an agent, a controller ends.
            Directory.CreateDirectory(options.StateDir);
            Directory.CreateDirectory(Path.GetDirectoryName(options.Socket)!);
            using var state = StateLock.TryTake(options.StateDir, out var holder);
            if (state is null)
            {
                var who = holder > 0 ? ProcessName.Of(holder) : "another process";
                await Console.Error.WriteLineAsync($"forewarn controller: the state directory {options.StateDir} is held by {who}; stop that one, or choose another directory with --state-dir");
                return ExitCode.Failed;
            }

            await using var controller = new FleetController(options, loggers, time, SchedulerRegistry.Create(all, loggers, time));
            await controller.StartAsync(stop);
            using var reload = new ReloadSignal(() => Reload(request, loaded, controller, notifier, logger));
            using var heartbeat = new WatchdogHeartbeat(service.Watchdog, controller.HasTurned, notifier, time);
            await heartbeat.StartAsync(stop);
            foreach (var address in controller.Addresses) Log.Serving(logger, address);
            if (controller.Recovery is { } recovery)
            {
                recovery.Start();
                Log.Looking(logger, recovery.Scheduler, all.Recovery.Coordination.Guards.Mode);
            }

            notifier.Ready();
            notifier.Status(controller.StatusLine);
            await controller.WaitAsync(notifier.Status, stop);
            notifier.Stopping();
            return ExitCode.Ok;
        }
        catch (Exception exception) when (exception is ListenException or JournalException or FleetStoreException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"forewarn controller: {exception.Message}");
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
    }

    /// <summary>What the site chose for work is taken over; a configuration with errors changes nothing.</summary>
    private static void Reload(ControllerRequest request, ConfigurationResult inForce, FleetController controller, IServiceNotifier notifier, ILogger logger)
    {
        notifier.Reloading();
        controller.Recovery?.Audit.Reopen(); // whatever becomes of the configuration: somebody may have put the file aside
        var loaded = new ConfigurationLoader(ProgramSettings.Catalog).Load(request.Paths, request.Overrides);
        foreach (var error in loaded.Errors) Log.NotReloaded(logger, error.ToString());
        if (loaded.Options is { } options)
        {
            if (controller.Recovery is { } recovery) recovery.Settings = options.Recovery.Coordination;
            foreach (var change in ProgramSettings.ControllersChangesThatWait(inForce.Values, loaded.Values)) Log.WaitsForRestart(logger, change);
            Log.Reloaded(logger);
        }

        notifier.Ready();
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 510, Level = LogLevel.Information, Message = "serving [address `{Address}`]")]
        public static partial void Serving(ILogger logger, string address);

        [LoggerMessage(EventId = 511, Level = LogLevel.Information, Message = "work is looked after [scheduler `{Scheduler}` mode `{Mode}`]")]
        public static partial void Looking(ILogger logger, string scheduler, ActionMode mode);

        [LoggerMessage(EventId = 512, Level = LogLevel.Information, Message = "configuration reloaded")]
        public static partial void Reloaded(ILogger logger);

        [LoggerMessage(EventId = 513, Level = LogLevel.Warning, Message = "{Change}: takes effect when the service is restarted")]
        public static partial void WaitsForRestart(ILogger logger, string change);

        [LoggerMessage(EventId = 514, Level = LogLevel.Error, Message = "configuration not reloaded: {Error}")]
        public static partial void NotReloaded(ILogger logger, string error);
    }
}
