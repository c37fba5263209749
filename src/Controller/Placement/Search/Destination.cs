namespace Forewarn.Controller.Placement.Search;

/// <summary>A candidate that nothing forbids.</summary>
/// <param name="Node">Its number in the graph.</param>
/// <param name="FreeCards">Bit i is set when its card i can be had.</param>
/// <param name="Readiness">How soon it can start.</param>
/// <param name="Class">The place of its class in the job's list.</param>
/// <param name="Risk">Millionths of a nat: -log(1 - chance of failure).</param>
/// <param name="Pool">The number of its quota, or -1.</param>
/// <param name="Replica">A node of this replica of the job itself, free once that is given up; else -1.</param>
internal readonly record struct Destination(int Node, ulong FreeCards, Readiness Readiness, int Class, long Risk, int Pool, int Replica);
