namespace Forewarn.Controller.Placement;

/// <summary>How many more nodes of a pool the job's owner may take.</summary>
public sealed record Quota(string Pool, int NodesLeft);
