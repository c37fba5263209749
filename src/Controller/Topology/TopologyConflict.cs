using System.Collections.Immutable;

namespace Forewarn.Controller.Topology;

/// <summary>Where two sources do not agree, or one not with itself.</summary>
/// <param name="About">What it is about: <c>scale-up domain</c>, <c>leaf</c>, <c>rack</c> …</param>
/// <param name="Believed">Whose word stands.</param>
/// <param name="Doubted">Whose word was not taken; the same source where it contradicts itself.</param>
/// <param name="Nodes">The nodes of which they say different things, in order of their names.</param>
/// <param name="Words">Both sides, for a person.</param>
public sealed record TopologyConflict(string About, TopologySource Believed, TopologySource Doubted, ImmutableArray<string> Nodes, string Words);
