using Forewarn.Controller.Coordination;

namespace Forewarn.Daemon.Recovery;

/// <summary>One thing that is told to those who follow the controller.</summary>
/// <param name="Line">Its number in the journal; 0 for what has none.</param>
/// <param name="Change">Its number among the changes of nodes of this run; 0 for what is in the journal.</param>
/// <param name="What">What happened.</param>
internal sealed record FleetEvent(long Line, long Change, Happening What);
