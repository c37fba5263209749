namespace Forewarn.Model;

/// <summary>What makes two events the same one: alike within a few seconds, they are one with a count.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Device">To whom; <see cref="DeviceId.Node"/> for the node.</param>
/// <param name="Code">The vendor's code.</param>
/// <param name="Link">The link's number, −1 where there is none.</param>
/// <param name="Part">The unit that reported it, or the rule of a finding; "" where there is none.</param>
public readonly record struct EventKey(HealthEventKind Kind, DeviceId Device, long Code, int Link, string Part);
