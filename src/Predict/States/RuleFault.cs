namespace Forewarn.Predict.States;

/// <summary>A rule that failed: a defect of ours, which costs that rule's word and no other.</summary>
/// <param name="Count">How often.</param>
/// <param name="Last">The newest.</param>
public sealed record RuleFault(long Count, Exception Last);
