namespace Forewarn.Controller.Guards;

/// <summary>Nodes that can be lost at once: those of a leaf, or of a scale-up domain.</summary>
/// <param name="Name">Which, with its kind: <c>leaf s1</c>.</param>
/// <param name="Nodes">Names of all its nodes.</param>
public sealed record FailureDomain(string Name, IReadOnlyList<string> Nodes);
