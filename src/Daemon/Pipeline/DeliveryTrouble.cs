namespace Forewarn.Daemon.Pipeline;

/// <summary>Why nothing is delivered now. Immutable.</summary>
/// <param name="Text">One line for a person.</param>
/// <param name="Since">When the first attempt failed since the last that did not.</param>
internal sealed record DeliveryTrouble(string Text, DateTimeOffset Since);
