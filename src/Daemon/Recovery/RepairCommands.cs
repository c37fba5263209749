using System.Collections.Concurrent;
using System.Globalization;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Processes;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Recovery;

/// <summary>Runs the site's own repairs beside the loop, which goes on looking. What was begun by an earlier controller is not known here: it ended with that one.</summary>
internal sealed partial class RepairCommands(ICommandRunner commands, ILogger logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RepairRun> _runs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _stops = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Is called when one has ended.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>How it stands; null when it was not begun here.</summary>
    public RepairRun? Of(string key) => _runs.GetValueOrDefault(key);

    /// <summary>Begins it, once under one key. Null: it has begun.</summary>
    public string? Begin(SchedulerAct.RunRepair act)
    {
        if (_runs.TryAdd(act.Key, new(HasEnded: false))) _running[act.Key] = RunAsync(act);
        return null;
    }

    /// <summary>Ends what nobody wants any more: its node may have work again.</summary>
    /// <param name="wanted">By their keys.</param>
    public void Keep(IReadOnlySet<string> wanted)
    {
        foreach (var (key, stop) in _stops)
        {
            if (!wanted.Contains(key)) stop.Cancel();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running.Values);
        foreach (var stop in _stops.Values) stop.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(SchedulerAct.RunRepair act)
    {
        var stop = _stops.GetOrAdd(act.Key, static (_, all) => CancellationTokenSource.CreateLinkedTokenSource(all), _stop.Token);
        await Task.Yield();
        try
        {
            var result = await commands.RunAsync(act.Command, [act.Node, act.Device, act.Action.ToString()], act.Within, stop.Token);
            var trouble = Trouble(act, result);
            Log.Ended(logger, act.Command, trouble.Length > 0 ? trouble : "well", act.Node);
            _runs[act.Key] = new(HasEnded: true, trouble);
        }
        catch (OperationCanceledException)
        {
            return; // the next controller begins it again, or nobody
        }

        Changed();
    }

    private static string Trouble(SchedulerAct.RunRepair act, CommandResult result) => result switch
    {
        { IsGood: true } or { End: CommandEnd.Cut, ExitCode: 0 } => "",
        { End: CommandEnd.TimedOut } => $"{act.Command} did not end within {act.Within}",
        { End: CommandEnd.NotStarted } => $"{act.Command}: {result.Errors}",
        _ => string.Create(CultureInfo.InvariantCulture, $"{act.Command} ended with {result.ExitCode}: {result.Errors.Trim().Split('\n')[^1]}"),
    };

    private static partial class Log
    {
        [LoggerMessage(EventId = 414, Level = LogLevel.Information, Message = "the repair command has ended: {Result} [command `{Command}` node `{Node}`]")]
        public static partial void Ended(ILogger logger, string command, string result, string node);
    }
}
