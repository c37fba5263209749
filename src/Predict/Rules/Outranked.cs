namespace Forewarn.Predict.Rules;

/// <summary>A finding of another rule on the same device that is of the same trouble and says nothing more.</summary>
/// <param name="Rule">That rule's name.</param>
/// <param name="Key">The key of its finding; null for any.</param>
public readonly record struct Outranked(string Rule, long? Key = null);
