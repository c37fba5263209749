using Forewarn.Controller.Fleet;

namespace Forewarn.Daemon.Fleet;

/// <summary>A node as an earlier run left it.</summary>
/// <param name="Sight">What it told, and when it was heard.</param>
/// <param name="Taken">All transitions of its store up to this number are stored.</param>
internal sealed record StoredNode(FleetNode Sight, long Taken);
