using Forewarn.Model;

namespace Forewarn.Predict.States;

/// <summary>Something changed in what is judged; each becomes an event.</summary>
/// <param name="Kind">FindingRaised, FindingChanged, FindingCleared, StateChanged or DeviceReplaced.</param>
/// <param name="Device">Of which device, or the node.</param>
/// <param name="Finding">The finding as it is now, or was when it was cleared; null for a change of state.</param>
/// <param name="Before">The state before.</param>
/// <param name="After">The state now.</param>
/// <param name="Why">One line for a person: what raised it, or what cleared it.</param>
/// <param name="At">When.</param>
public sealed record Transition(
    HealthEventKind Kind, Device Device, Finding? Finding, HealthState Before, HealthState After, string Why, DateTimeOffset At);
