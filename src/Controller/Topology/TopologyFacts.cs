using System.Collections.Immutable;

namespace Forewarn.Controller.Topology;

/// <summary>All that one source says. The names of switches and domains are its own: another source may call the same things otherwise.</summary>
public sealed record TopologyFacts(TopologySource Source, ImmutableArray<NodeFacts> Nodes)
{
    /// <summary>How the switches hang together; a switch that is not named here stands at the top.</summary>
    public ImmutableArray<SwitchFacts> Switches { get; init; } = [];
}
