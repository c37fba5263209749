using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>Which events are wanted; all that is given must be met.</summary>
/// <param name="After">Only greater numbers.</param>
/// <param name="Since">Last seen then or later.</param>
/// <param name="Device">Of this device; null for all.</param>
/// <param name="Kind">Of this kind; null for all.</param>
/// <param name="Newest">Of more than fit the newest, not the oldest. Either way the oldest comes first.</param>
internal sealed record EventFilter(long After = 0, DateTimeOffset Since = default, DeviceId? Device = null, HealthEventKind? Kind = null, bool Newest = false);
