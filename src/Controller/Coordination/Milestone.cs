namespace Forewarn.Controller.Coordination;

/// <summary>One thing that happened in the course of a trouble.</summary>
/// <param name="What">One word or two: <c>detected</c>, <c>drained</c>, <c>running</c>.</param>
/// <param name="At">When.</param>
/// <param name="Text">The particulars, for a person.</param>
public sealed record Milestone(string What, DateTimeOffset At, string Text);
