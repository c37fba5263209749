using System.Collections.Immutable;

namespace Forewarn.Daemon.Topology;

/// <summary>A network as it was found by walking it.</summary>
/// <param name="Stations">Each once, in the order of the text.</param>
/// <param name="Cables">As each end tells them.</param>
internal sealed record FabricWalk(ImmutableArray<FabricStation> Stations, ImmutableArray<FabricCable> Cables);
