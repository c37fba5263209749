using System.Collections.Immutable;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Recovery;

namespace Forewarn.Daemon.Tests.Recovery;

/// <summary>The controller dies at its N-th chance: before or after a line of the journal, before or after a deed.</summary>
internal sealed class KillPoints(int at = int.MaxValue)
{
    public int Passed { get; private set; }

    public void Pass()
    {
        if (Passed++ == at) throw new KilledException();
    }

    public IJournal Over(IJournal journal) => new MortalJournal(journal, this);

    public IScheduler Over(IScheduler scheduler) => new MortalScheduler(scheduler, this);

    private sealed class MortalJournal(IJournal journal, KillPoints points) : IJournal
    {
        public ControllerState State => journal.State;

        public void Append(ImmutableArray<JournalEntry> entries)
        {
            points.Pass();
            journal.Append(entries);
            points.Pass();
        }

        public IReadOnlyList<JournalEntry> Of(long incident) => journal.Of(incident);

        public void Dispose() => journal.Dispose();
    }

    private sealed class MortalScheduler(IScheduler scheduler, KillPoints points) : IScheduler
    {
        public string Name => scheduler.Name;

        public Task<ClusterReading> ReadAsync(CancellationToken cancellation) => scheduler.ReadAsync(cancellation);

        public async Task<string?> DoAsync(SchedulerAct act, CancellationToken cancellation)
        {
            points.Pass();
            var trouble = await scheduler.DoAsync(act, cancellation);
            points.Pass();
            return trouble;
        }
    }
}

/// <summary>Nobody catches it: it is the end of that controller.</summary>
internal sealed class KilledException : Exception;
