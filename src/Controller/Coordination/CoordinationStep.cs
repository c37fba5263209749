using System.Collections.Immutable;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Coordination;

/// <summary>One thing that follows from a look.</summary>
/// <param name="Incident">For which trouble; 0 for none.</param>
/// <param name="Entries">To be written to the journal first, all or none.</param>
/// <param name="Acts">To be done then, in this order; the rest is left when one fails.</param>
public sealed record CoordinationStep(long Incident, ImmutableArray<JournalEntry> Entries, ImmutableArray<SchedulerAct> Acts);
