using System.Collections.Immutable;

namespace Forewarn.Controller.Schedulers;

/// <summary>Nodes that others have set aside.</summary>
/// <param name="Name">By the scheduler's name.</param>
/// <param name="Nodes">Which.</param>
/// <param name="Starts">From when on; null when that is not understood, and then as if it were now.</param>
public sealed record Reservation(string Name, ImmutableArray<string> Nodes, DateTimeOffset? Starts);
