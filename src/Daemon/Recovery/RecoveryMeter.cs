using Forewarn.Controller.Coordination;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Recovery;

namespace Forewarn.Daemon.Recovery;

/// <summary>What the loop counts of its own doing since its start. Written by one thread, read by any.</summary>
internal sealed class RecoveryMeter
{
    // The last place is for decisions in which there was nothing to choose.
    private readonly long[] _decisions = new long[Enum.GetValues<Alternative>().Length + 1];
    private readonly long[] _refusals = new long[Guard.All.Length];
    private readonly long[] _ended = new long[Enum.GetValues<RecoveryOutcome>().Length];
    private long _commands;
    private long _commandsRefused;
    private long _ownTicks;
    private long _commandTicks;

    /// <summary>Commands that the scheduler took.</summary>
    public long Commands => Interlocked.Read(ref _commands);

    /// <summary>Commands that it refused.</summary>
    public long CommandsRefused => Interlocked.Read(ref _commandsRefused);

    /// <summary>Of looks that did something, what was neither reading nor a command of the scheduler.</summary>
    public TimeSpan Own => new(Interlocked.Read(ref _ownTicks));

    /// <summary>Of these looks, what the scheduler took over its commands.</summary>
    public TimeSpan Commanding => new(Interlocked.Read(ref _commandTicks));

    /// <summary>Decisions written, by the alternative that was chosen; the last place has those without a choice.</summary>
    public long Decisions(int alternative) => Interlocked.Read(ref _decisions[alternative]);

    /// <summary>Decisions and steps of repairs written that this guard refused, by its place in the list.</summary>
    public long Refusals(int guard) => Interlocked.Read(ref _refusals[guard]);

    /// <summary>Moves that ended so.</summary>
    public long Ended(RecoveryOutcome outcome) => Interlocked.Read(ref _ended[(int)outcome]);

    /// <summary>Counts a line of the journal.</summary>
    /// <param name="before">The journal up to it.</param>
    /// <param name="entry">The line.</param>
    public void Count(ControllerState before, JournalEntry entry)
    {
        switch (entry)
        {
            case JournalEntry.OfDecision(var decision):
                Interlocked.Increment(ref _decisions[decision.Decision is { } choice ? (int)choice.Chosen : _decisions.Length - 1]);
                CountRefusal(decision.Guard);
                break;
            case JournalEntry.OfRepair(var repair) when before.Repairs.GetValueOrDefault(repair.Node) is var last && (last?.Number, last?.Step, last?.Guard) != (repair.Number, repair.Step, repair.Guard):
                CountRefusal(repair.Guard);
                break;
            case JournalEntry.OfRecovery({ Step: RecoveryStep.Closed } recovery):
                Interlocked.Increment(ref _ended[(int)recovery.Outcome]);
                break;
            case JournalEntry.OfAct(_, _, _, _, var trouble):
                Interlocked.Increment(ref trouble.Length == 0 ? ref _commands : ref _commandsRefused);
                break;
            case JournalEntry.OfLook look:
                Interlocked.Add(ref _ownTicks, (look.At - look.Seen - look.Commands).Ticks);
                Interlocked.Add(ref _commandTicks, look.Commands.Ticks);
                break;
        }
    }

    private void CountRefusal(string name)
    {
        for (var guard = 0; guard < _refusals.Length; guard++)
        {
            if (Guard.All[guard].Name == name) Interlocked.Increment(ref _refusals[guard]);
        }
    }
}
