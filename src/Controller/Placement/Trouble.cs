namespace Forewarn.Controller.Placement;

/// <summary>A node that nobody is moved to. Who is on it leaves if it failed, or if its risk is more than the job accepts.</summary>
/// <param name="Node">Its number in the graph.</param>
/// <param name="IsFailed">It does no work any more.</param>
/// <param name="Risk">The chance that it fails in the time that the job still runs; 0 to 1.</param>
public readonly record struct Trouble(int Node, bool IsFailed, double Risk = 1);
