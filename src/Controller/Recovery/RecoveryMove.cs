using System.Collections.Immutable;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Recovery;

/// <summary>What follows from one look: where the move stands now, and what is to be done.</summary>
/// <param name="After">To be written to the journal first.</param>
/// <param name="Acts">To be done then, in this order; empty while we wait.</param>
/// <param name="Lost">New nodes that the job cannot have any more; null while all are well.</param>
public sealed record RecoveryMove(JobRecovery After, ImmutableArray<SchedulerAct> Acts, ImmutableHashSet<string>? Lost = null)
{
    /// <summary>Another placement is wanted.</summary>
    public bool NeedsPlace => Lost is not null;
}
