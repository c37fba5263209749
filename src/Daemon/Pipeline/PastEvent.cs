using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>What happened to a card before this agent watched it, or before it lost its disk; by the controller's word.</summary>
/// <param name="Node">Where.</param>
/// <param name="At">When, by that node's clock.</param>
/// <param name="Kind">What kind.</param>
/// <param name="Text">One line for a person.</param>
/// <param name="Rule">The rule whose finding was raised, changed or cleared; empty for other kinds.</param>
/// <param name="Code">The maker's error code; 0 where there is none.</param>
internal sealed record PastEvent(string Node, DateTimeOffset At, HealthEventKind Kind, string Text, string Rule, long Code);
