using System.Collections.Immutable;

namespace Forewarn.Controller.Topology;

/// <summary>Failure domains as numbers.</summary>
/// <param name="Kinds">rack, pdu …, sorted.</param>
/// <param name="Names">Kind and value of each.</param>
/// <param name="Values">Node × kind → its number, or -1.</param>
internal sealed record FailureDomainTable(ImmutableArray<string> Kinds, ImmutableArray<string> Names, int[] Values);
