namespace Forewarn.Controller.Fleet;

/// <summary>How far a run of an agent was taken that another one has followed.</summary>
/// <param name="Started">When that run began, by the node's clock: its name.</param>
/// <param name="Sequence">The number of its last report that was taken.</param>
public readonly record struct AgentRun(DateTimeOffset Started, long Sequence);
