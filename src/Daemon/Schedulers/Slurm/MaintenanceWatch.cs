using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Processes;
using Forewarn.Model;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>
/// Takes the node into maintenance while Slurm has it in a MAINT reservation or is about to reboot it, and out again. What a person has set stays, and what
/// a person has ended stays ended until Slurm begins anew. While Slurm does not answer, all stays as it is; where there is no Slurm, nothing is asked.
/// </summary>
internal sealed partial class MaintenanceWatch : IAsyncDisposable
{
    /// <summary>Who says so, in what is told of it.</summary>
    public const string By = "Slurm";

    // As in a prolog: a controller that is well answers in milliseconds.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    // How soon a device that gets worse is noticed; an alert waits longer.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly SlurmOptions _options;
    private readonly NodeView _view;
    private readonly Func<Maintenance?, Maintenance?, string, Task<bool>> _change;
    private readonly ICommandRunner _commands;
    private readonly Func<double> _random;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _node;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private Maintenance? _ours;
    private Maintenance? _seen;
    private bool _isEnded;
    private bool _isTroubleTold;
    private long? _askedAt;
    private TimeSpan _wait;
    private int _ill;

    /// <param name="options">How often; where sinfo lies.</param>
    /// <param name="view">Whose maintenance it is; the node's name up to its first dot is Slurm's.</param>
    /// <param name="change">Makes of the first the second, unless something else stands, and tells why.</param>
    /// <param name="commands">Runs sinfo.</param>
    /// <param name="random">From 0 up to 1: so that a fleet which was started together does not ask together.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes what somebody should see to.</param>
    public MaintenanceWatch(SlurmOptions options, NodeView view, Func<Maintenance?, Maintenance?, string, Task<bool>> change, ICommandRunner commands,
        Func<double> random, TimeProvider time, ILogger logger)
    {
        (_options, _view, _change, _commands, _random, _time, _logger) = (options, view, change, commands, random, time, logger);
        _node = view.Node.Name.Split('.')[0];
    }

    public void Start()
    {
        if (_options.Maintenance) _running = Task.Run(RunAsync);
    }

    /// <summary>Asks when it is time to, or when more is ill than before; does what follows. Gives whether it asked.</summary>
    public async Task<bool> TurnAsync(CancellationToken cancellation)
    {
        var ill = Ill();
        var (isWorse, isDue) = (ill > _ill, _askedAt is not { } asked || _time.GetElapsedTime(asked) >= _wait);
        _ill = ill;
        if (!isWorse && !isDue) return false;
        (_askedAt, _wait) = (_time.GetTimestamp(), _options.MaintenanceEvery * (0.75 + (_random() / 2)));
        var answer = await _commands.RunAsync(_options.Program("sinfo"), SlurmNode.Query(_node), Deadline, cancellation);
        if (answer.End == CommandEnd.NotStarted) return true;
        Tell(answer);
        if (answer.IsGood) await ApplyAsync(SlurmNode.Read(answer.Output).FirstOrDefault(one => one.Name == _node)?.Maintenance, cancellation);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task ApplyAsync(string? reason, CancellationToken cancellation)
    {
        var now = _view.Maintenance;
        if (reason is null)
        {
            if (_ours is not null) await _change(_ours, null, $"{By}: {_ours.Reason} is over").WaitAsync(cancellation);
            (_ours, _seen, _isEnded) = (null, null, false);
            return;
        }

        if (now is null && _seen?.IsOver(_time.GetUtcNow()) == false) _isEnded = true; // by a person
        if (now is null && !_isEnded)
        {
            var begun = new Maintenance(By, reason, _time.GetUtcNow(), null);
            if (await _change(null, begun, "").WaitAsync(cancellation)) _ours = now = begun;
        }

        _seen = now;
    }

    private int Ill()
    {
        var count = IsIll(_view.Assessment) ? 1 : 0;
        foreach (var device in _view.Devices) count += IsIll(device.Assessment) ? 1 : 0;
        return count;
    }

    private static bool IsIll(Assessment? assessment) => assessment?.State is HealthState.Degraded or HealthState.Failing or HealthState.Failed;

    // Once for each spell: a controller that is away for a day is not this node's news.
    private void Tell(CommandResult answer)
    {
        if (answer.IsGood == !_isTroubleTold) return;
        _isTroubleTold = !answer.IsGood;
        if (answer.IsGood) Log.Answers(_logger);
        else Log.Silent(_logger, answer.End == CommandEnd.TimedOut ? $"no answer within {Deadline.TotalSeconds} s" : answer.Errors.Trim().Split('\n')[0]);
    }

    private async Task TryTurnAsync()
    {
        try
        {
            await TurnAsync(_stop.Token);
        }
#pragma warning disable CA1031 // Costs this look and no other.
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Failed(_logger, fault.Message);
        }
    }

    private async Task RunAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(_options.MaintenanceEvery < Look ? _options.MaintenanceEvery : Look, _time);
            do
            {
                if (SlurmPresence.IsThere(_options)) await TryTurnAsync();
            }
            while (await timer.WaitForNextTickAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 160, Level = LogLevel.Warning, Message = "Slurm was not asked whether it has this node in maintenance, which stays as it is: {Reason}")]
        public static partial void Silent(ILogger logger, string reason);

        [LoggerMessage(EventId = 161, Level = LogLevel.Information, Message = "Slurm answers again whether it has this node in maintenance")]
        public static partial void Answers(ILogger logger);

        [LoggerMessage(EventId = 162, Level = LogLevel.Error, Message = "what Slurm said of maintenance could not be taken in, which is a defect of this program: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);
    }
}
