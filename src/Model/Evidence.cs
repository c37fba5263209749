namespace Forewarn.Model;

/// <summary>One thing that speaks for a finding: a number against its threshold, or a line that was logged.</summary>
/// <param name="What">What was looked at, in words: "corrected DRAM errors a second".</param>
/// <param name="Value">What was found; null where there is only a line.</param>
/// <param name="Threshold">What it was held against; null where mere presence is enough.</param>
/// <param name="Unit">Unit of both; "" for a plain number.</param>
/// <param name="Line">The raw line or the event's text; "" where there is none.</param>
/// <param name="At">When it was seen.</param>
public sealed record Evidence(string What, double? Value, double? Threshold, string Unit, string Line, DateTimeOffset At);
