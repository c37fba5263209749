using System.Globalization;
using Forewarn.Controller.Fleet;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Fleet;

/// <summary>Looks at the fleet once a second: tells which nodes fell silent and which are heard again, and has what is old forgotten. Its looks are the watchdog's sign of life.</summary>
internal sealed partial class FleetWatch(FleetKeeper keeper, TimeSpan keep, ILogger logger, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // Own figures: what a restart shows is so old at most; and old rows hurt nobody for an hour.
    private static readonly TimeSpan TidyPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    // As with the loops of an agent.
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromSeconds(10);

    // A power cut in a hall is one line, not ten thousand.
    private const int MostNamed = 10;

    private readonly CancellationTokenSource _stop = new();
    private readonly NodeStates _states = new();
    private HashSet<string> _silent = [];
    private Task _looking = Task.CompletedTask;
    private Task _tidying = Task.CompletedTask;
    private long _turned = time.GetTimestamp();
    private long _forgotAt = time.GetTimestamp();

    /// <summary>Told which nodes stand in another state than at the look before; must not wait.</summary>
    public Action<IReadOnlyList<NodeStateChange>>? StatesChanged { get; set; }

    public void Start()
    {
        _looking = RepeatAsync(Period, Look);
        _tidying = RepeatAsync(TidyPeriod, Tidy); // apart: a disk that hangs is no reason to be restarted
    }

    /// <summary>Null while it turns; else what stands still.</summary>
    public string? Stuck() => time.GetElapsedTime(Interlocked.Read(ref _turned)) > LongestStandstill ? "the look at the fleet stands still" : null;

    /// <summary>One look. For the loop, and for tests without one.</summary>
    public void Look()
    {
        Interlocked.Exchange(ref _turned, time.GetTimestamp());
        var state = keeper.State;
        var now = keeper.Now;
        if (_states.Look(state, now) is { Count: > 0 } changes) StatesChanged?.Invoke(changes);
        var silent = state.Silent(now).ToHashSet();
        Tell(silent.Except(_silent).ToList(), Log.Silent);
        Tell(_silent.Except(silent).Where(name => state.Node(name) is not null).ToList(), Log.HeardAgain);
        _silent = silent;
    }

    /// <summary>What is due on the disk.</summary>
    public void Tidy()
    {
        keeper.KeepHeard();
        if (time.GetElapsedTime(_forgotAt) < ForgetEvery) return;
        _forgotAt = time.GetTimestamp();
        keeper.Forget(keeper.Now - keep);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_looking, _tidying);
        _stop.Dispose();
        keeper.KeepHeard();
    }

    private async Task RepeatAsync(TimeSpan period, Action work)
    {
        using var timer = new PeriodicTimer(period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) Guarded(work);
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    // A defect of ours costs this turn: without the next ones nobody would see who falls silent.
    private void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (Exception defect)
        {
            Log.BrokenOff(logger, defect);
        }
    }

    private void Tell(List<string> nodes, Action<ILogger, string> say)
    {
        if (nodes.Count == 0) return;
        nodes.Sort(StringComparer.Ordinal);
        var more = nodes.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {nodes.Count - MostNamed} more") : "";
        say(logger, string.Join(' ', nodes.Take(MostNamed)) + more);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 515, Level = LogLevel.Critical, Message = "a look at the fleet was broken off by a defect of Forewarn")]
        public static partial void BrokenOff(ILogger logger, Exception defect);

        [LoggerMessage(EventId = 503, Level = LogLevel.Warning, Message = "not heard any more, so nobody can say how they are: {Nodes}")]
        public static partial void Silent(ILogger logger, string nodes);

        [LoggerMessage(EventId = 504, Level = LogLevel.Information, Message = "heard again: {Nodes}")]
        public static partial void HeardAgain(ILogger logger, string nodes);
    }
}
