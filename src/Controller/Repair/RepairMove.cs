using System.Collections.Immutable;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Repair;

/// <summary>What follows from one look: where the repair stands now, and what is to be done.</summary>
/// <param name="After">To be written to the journal first.</param>
/// <param name="Acts">To be done then, in this order; empty while we wait.</param>
public sealed record RepairMove(NodeRepair After, ImmutableArray<SchedulerAct> Acts);
