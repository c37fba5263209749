namespace Forewarn.Controller.Topology;

/// <summary>A switch and the one above it; null at the top.</summary>
public sealed record SwitchFacts(string Name, string? Parent);
