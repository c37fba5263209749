using System.Collections.Immutable;
using Forewarn.Controller.Topology;

namespace Forewarn.Daemon.Topology;

/// <summary>What one text says of how nodes are wired, and all that is wrong with it.</summary>
/// <param name="Facts">Of each source that speaks in the text; empty when nothing was understood.</param>
/// <param name="Complaints">In the order of their lines.</param>
internal sealed record TopologyReading(ImmutableArray<TopologyFacts> Facts, ImmutableArray<TopologyComplaint> Complaints);
