using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>Which events are wanted; all that is given must be met.</summary>
/// <param name="After">Only greater numbers.</param>
/// <param name="Since">Last seen then or later.</param>
/// <param name="Device">Of this device, by identity, PCI address or serial; null for all.</param>
/// <param name="Kind">Of this kind; null for all.</param>
/// <param name="Newest">Of more than fit the newest, not the oldest. Either way the oldest comes first.</param>
/// <param name="UpTo">No greater numbers.</param>
internal sealed record EventFilter(
    long After = 0, DateTimeOffset Since = default, string? Device = null, HealthEventKind? Kind = null, bool Newest = false, long UpTo = long.MaxValue)
{
    /// <summary>Whether a number is of one of them.</summary>
    public bool Takes(long id) => id > After && id <= UpTo;

    /// <summary>Whether an event is one of them, the number apart.</summary>
    public bool Takes(HealthEvent happened) =>
        happened.LastSeen >= Since
        && (Kind is null || happened.Kind == Kind)
        && (Device is null || Device == (happened.Device?.Id ?? DeviceId.Node).Value || Device == happened.Device?.PciAddress || Device == happened.Device?.Serial);
}
