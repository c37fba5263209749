namespace Forewarn.Controller.Coordination;

/// <summary>A guard refused.</summary>
/// <param name="Guard">Which.</param>
/// <param name="Why">Its reason.</param>
/// <param name="Partition">In which of the node's partitions.</param>
internal sealed record GuardRefusal(string Guard, string Why, string Partition);
