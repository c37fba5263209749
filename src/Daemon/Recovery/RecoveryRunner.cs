using System.Collections.Immutable;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Reports;
using Forewarn.Controller.Schedulers;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Recovery;

/// <summary>
/// The one loop that acts: reads the scheduler, asks what follows, writes it down, does it. It keeps nothing between two looks that the journal or the
/// cluster could not tell it again.
/// </summary>
internal sealed partial class RecoveryRunner(
    IScheduler scheduler, IJournal journal, RunnerInputs inputs, CheckpointWatch checkpoints, RunnerTimes times, TimeProvider time, ILogger logger)
{
    // By the clock that nobody sets.
    private readonly long _began = time.GetTimestamp();
    private (DateTimeOffset Wall, long Stamp)? _looked;
    private bool _wasAway;

    // Since when it could look again: the end of the look before, unless that waits for a reading of our own, or when it was woken (0: it was not).
    private DateTimeOffset? _idle;
    private bool _awaitsReading;
    private long _wokenAt;

    // Acts were all that the look before has led to.
    private bool _wasDeed;

    // What was refused at the look before and why: the same once more is no news, neither for the journal nor for a person.
    private ImmutableHashSet<(string Act, string Trouble)> _refusals = [];
    private TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ClusterSight? _sight;

    /// <summary>The last whole reading of the scheduler; null before the first.</summary>
    public ClusterSight? Sight => Volatile.Read(ref _sight);

    /// <summary>Why nothing is done at present; empty while all is well.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>What is known and under way.</summary>
    public ControllerState State => journal.State;

    /// <summary>Looks until it is told to end.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var wait = await LookAsync(cancellation);
            if (wait > TimeSpan.Zero) await WaitAsync(wait, cancellation);
        }
    }

    /// <summary>Something changed on a node: the next look is now.</summary>
    public void Wake()
    {
        Interlocked.CompareExchange(ref _wokenAt, time.GetUtcNow().UtcTicks, 0);
        Volatile.Read(ref _wake).TrySetResult();
    }

    /// <summary>Takes a person's order; it counts from the next look on, which is now. Throws <see cref="JournalException"/>.</summary>
    public void Order(PersonOrder order)
    {
        journal.Append([new JournalEntry.OfOrder(order) { At = time.GetUtcNow() }]);
        Wake();
    }

    /// <summary>What the agent of this node is to put before its jobs.</summary>
    public ImmutableArray<CheckpointOrder> Orders(string node)
        => Sight is { } sight ? CheckpointOrders.Of(journal.State, sight, inputs.Settings().Steps, time.GetUtcNow()).GetValueOrDefault(node, []) : [];

    /// <summary>What happened in the course of one trouble, and how much of it was our own time.</summary>
    public IncidentTimeline Timeline(long incident) => IncidentTimeline.Of(incident, journal.Of(incident));

    /// <summary>The journal's lines of one trouble, and those of looks. Throws <see cref="JournalException"/>.</summary>
    public IReadOnlyList<JournalEntry> Lines(long incident) => journal.Of(incident);

    /// <summary>What is known of a job's checkpoints; nothing of one that is not watched.</summary>
    public CheckpointSight Checkpoints(string job) => checkpoints.Of(job);

    /// <summary>One look; how long to wait for the next.</summary>
    public async Task<TimeSpan> LookAsync(CancellationToken cancellation)
    {
        var began = Began();
        try
        {
            return await LookAsync(began, cancellation);
        }
        finally
        {
            if (!_awaitsReading) _idle = time.GetUtcNow();
        }
    }

    private async Task<TimeSpan> LookAsync(LookBegin began, CancellationToken cancellation)
    {
        _awaitsReading = false;
        var reading = await ReadAsync(began.IsWoken, cancellation);
        if (reading.Sight is not { } sight)
        {
            // Never on half a picture; what was begun stands in the journal and is gone on with as soon as there is a whole one.
            _wasAway = true;
            Say(reading.Trouble);
            return times.Retry;
        }

        var before = Sight;
        Volatile.Write(ref _sight, sight);
        try
        {
            var wait = await CoordinateAsync(sight, before, began, NotCounted(), cancellation);
            _wasAway = wait is null;
            Say(wait is null ? FormattableString.Invariant($"what was read is older than {times.StillTrue.TotalSeconds} s by the time it is understood") : "");
            return wait ?? times.Retry;
        }
        catch (JournalException exception)
        {
            _wasAway = true;
            Say(exception.Message);
            return times.Retry;
        }
    }

    // Ten thousand nodes take seconds to be read. What an agent tells before that or meanwhile is decided upon by the sight before; nothing is done before there is a new one.
    private async Task<ClusterReading> ReadAsync(bool isWoken, CancellationToken cancellation)
    {
        var reading = scheduler.ReadAsync(cancellation);
        while (!reading.IsCompleted)
        {
            var began = time.GetTimestamp();
            if (isWoken) Foresee(cancellation);
            // As long as that took the reading has the processor to itself.
            await Task.WhenAny(reading, Task.Delay(time.GetElapsedTime(began), time, cancellation));
            isWoken = await Task.WhenAny(reading, Volatile.Read(ref _wake).Task) != reading;
            if (isWoken) Volatile.Write(ref _wake, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        return await reading;
    }

    // Troubles and what is decided about them, and no more: each of these stands by itself, and is looked at again when the cluster has been read.
    private void Foresee(CancellationToken cancellation)
    {
        if (Sight is not { } sight || Trouble.Length > 0 || time.GetUtcNow() - sight.At > times.StillTrue) return;
        try
        {
            var plan = Coordinator.Next(View(sight, sight, TimeSpan.Zero) with { IsBetweenReadings = true });
            checkpoints.LookAtNew(Watched(plan, sight), cancellation);
            foreach (var step in plan.Steps.TakeWhile(static step => step.Entries.All(static entry => entry is JournalEntry.OfIncident or JournalEntry.OfDecision)))
            {
                if (!step.Acts.IsEmpty) return;
                journal.Append(step.Entries);
            }
        }
        catch (JournalException exception)
        {
            Say(exception.Message);
        }
    }

    private static IEnumerable<ClusterJob> Watched(CoordinationPlan plan, ClusterSight sight) => plan.Watched.Select(sight.Job).OfType<ClusterJob>();

    private CoordinationView View(ClusterSight sight, ClusterSight? before, TimeSpan notCounted) => new()
    {
        State = journal.State,
        Cluster = sight,
        Before = before,
        Nodes = inputs.Nodes(),
        Graph = inputs.Graph(),
        Settings = inputs.Settings(),
        Checkpoints = checkpoints.Of,
        Repairs = inputs.Repairs ?? (static _ => null),
        NotCounted = notCounted,
        IsApplicationCode = inputs.IsApplicationCode,
        Now = time.GetUtcNow(),
    };

    // Null where it took so long that nothing may rest on it any more.
    private async Task<TimeSpan?> CoordinateAsync(ClusterSight sight, ClusterSight? before, LookBegin began, TimeSpan notCounted, CancellationToken cancellation)
    {
        var seen = time.GetUtcNow();
        var plan = Coordinator.Next(View(sight, before, notCounted));
        var stamp = time.GetTimestamp(); // from here on: a look at a thousand troubles takes its time, and would else never lead to anything
        if (time.GetElapsedTime(began.Stamp, stamp) > times.StillTrue) return null;
        checkpoints.Look(Watched(plan, sight), plan.Awaited.Contains, cancellation);
        inputs.KeepRepairs?.Invoke(plan.Repairing); // before anybody gets work where one is under way
        if (times.BeforeActing - time.GetElapsedTime(_began) is var early && early > TimeSpan.Zero) return Least(times.Moving, early);
        var reading = time.GetElapsedTime(began.Stamp, stamp);
        var (refusals, commands, isNews) = (ImmutableHashSet.CreateBuilder<(string, string)>(), TimeSpan.Zero, plan.Steps.Any(step => !step.Entries.IsEmpty));
        var isRefused = false;
        foreach (var step in plan.Steps)
        {
            if (IsOld(stamp)) break;
            if (!step.Entries.IsEmpty) journal.Append(step.Entries);
            foreach (var act in step.Acts.TakeWhile(_ => !IsOld(stamp)))
            {
                var (trouble, took) = await DoAsync(step.Incident, act, cancellation);
                commands += took;
                isNews |= trouble is null || !_refusals.Contains((act.ToString(), trouble));
                if (trouble is null) continue;
                refusals.Add((act.ToString(), trouble));
                isRefused |= act is not SchedulerAct.Note;
                break; // what follows rests on it; the next look finds what is missing
            }
        }

        _refusals = refusals.ToImmutable();
        if (isNews) journal.Append([new JournalEntry.OfLook(seen, commands, began.Asked, began.Idle) { At = time.GetUtcNow() }]);
        var hasWritten = plan.Steps.Any(step => !step.Entries.IsEmpty);
        _awaitsReading = plan.AwaitsReading && !hasWritten;
        var pace = plan.AwaitsReading ? Least(times.Asking, Pace(reading)) : Pace(reading);
        // What an owner is told hurries nobody: a scheduler that refuses it is not asked more often for that.
        var isUnderWay = plan.Steps.Any(static step => step.Acts.Any(static act => act is not SchedulerAct.Note));
        // What was just done is there to be seen at once, as a rule; what has to be done again is not.
        var wasDeed = _wasDeed;
        _wasDeed = isUnderWay && !hasWritten;
        return isRefused ? times.Retry : hasWritten || (isUnderWay && !wasDeed) ? TimeSpan.Zero : isUnderWay ? times.Moving : pace;
    }

    // When it begins, and since when it could have.
    private LookBegin Began()
    {
        var (asked, woken) = (time.GetUtcNow(), Interlocked.Exchange(ref _wokenAt, 0));
        var idle = _idle ?? asked;
        return new(asked, !_awaitsReading && woken > idle.UtcTicks ? new(woken, TimeSpan.Zero) : idle, time.GetTimestamp(), woken > 0);
    }

    // The scheduler was slow, or did not answer at all: what is still right is for the next look to say.
    private bool IsOld(long stamp) => time.GetElapsedTime(stamp) > times.FreshEnough;

    // A step may take so long by the clock of who looks: neither while the scheduler cannot be read, nor by a clock that is set.
    private TimeSpan NotCounted()
    {
        var now = (Wall: time.GetUtcNow(), Stamp: time.GetTimestamp());
        var (before, wasAway) = (_looked, _wasAway);
        (_looked, _wasAway) = (now, false);
        if (before is not { } last) return TimeSpan.Zero;
        var passed = wasAway ? TimeSpan.Zero : time.GetElapsedTime(last.Stamp, now.Stamp);
        var apart = now.Wall - last.Wall - passed;
        return apart.Duration() < times.Asking ? TimeSpan.Zero : apart;
    }

    private async Task<(string? Trouble, TimeSpan Took)> DoAsync(long incident, SchedulerAct act, CancellationToken cancellation)
    {
        var began = time.GetUtcNow();
        var trouble = await scheduler.DoAsync(act, cancellation);
        var ended = time.GetUtcNow();
        if (trouble is not null && _refusals.Contains((act.ToString(), trouble))) return (trouble, ended - began);
        journal.Append([new JournalEntry.OfAct(incident, act.GetType().Name, act.ToString(), began, trouble ?? "") { At = ended }]);
        if (trouble is null) Log.Done(logger, act, incident);
        else Log.Refused(logger, trouble, act, incident);
        return (trouble, ended - began);
    }

    // A job that runs on its new nodes is watched as any other.
    private TimeSpan Pace(TimeSpan reading)
    {
        var (state, now) = (journal.State, time.GetUtcNow());
        var moves = state.Moves.Where(move => move.Step != RecoveryStep.Progressing).ToList();
        // A reboot takes minutes, and a validation too.
        var isRepairing = state.Repairs.Values.Any(repair => repair.IsAtWork || repair.Step is RepairStep.Admitting or RepairStep.Validating or RepairStep.Withdrawing);
        if (moves.Count == 0) return isRepairing ? times.Asking : times.Idle;
        if (moves.TrueForAll(static move => move.Step == RecoveryStep.Undoing)) return times.Asking;
        // A checkpoint is seen in its folder. One that ends when it is asked stands still from then on, and its scheduler alone tells.
        moves.RemoveAll(static move => move.Step == RecoveryStep.Undoing || move is { Step: RecoveryStep.AwaitingCheckpoint, Contract.OnRequest: not OnRequest.Exit });
        if (moves.Count == 0) return times.Awaiting;
        var pace = moves.Exists(move => now - move.StepSince < times.Brisk) ? times.Soon : times.Moving;
        return reading > pace ? reading : pace;
    }

    private async Task WaitAsync(TimeSpan wait, CancellationToken cancellation)
    {
        try
        {
            await Volatile.Read(ref _wake).Task.WaitAsync(wait, time, cancellation);
            Volatile.Write(ref _wake, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        catch (TimeoutException)
        {
            // It is time.
        }
    }

    private void Say(string trouble)
    {
        if (trouble == Trouble) return;
        if (trouble.Length > 0) Log.Stopped(logger, trouble, scheduler.Name);
        else Log.GoesOn(logger, scheduler.Name);
        Trouble = trouble;
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private readonly record struct LookBegin(DateTimeOffset Asked, DateTimeOffset Idle, long Stamp, bool IsWoken);

    private static partial class Log
    {
        [LoggerMessage(EventId = 401, Level = LogLevel.Information, Message = "done: {Act} [incident `{Incident}`]")]
        public static partial void Done(ILogger logger, SchedulerAct act, long incident);

        [LoggerMessage(EventId = 402, Level = LogLevel.Warning, Message = "the scheduler refused, and is asked again: {Reason}: {Act} [incident `{Incident}`]")]
        public static partial void Refused(ILogger logger, string reason, SchedulerAct act, long incident);

        [LoggerMessage(EventId = 403, Level = LogLevel.Error, Message = "nothing is done any more: {Reason} [scheduler `{Scheduler}`]")]
        public static partial void Stopped(ILogger logger, string reason, string scheduler);

        [LoggerMessage(EventId = 404, Level = LogLevel.Information, Message = "work is looked after again [scheduler `{Scheduler}`]")]
        public static partial void GoesOn(ILogger logger, string scheduler);
    }
}
