using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>What an absence of every reading says about a device, in types and in words.</summary>
internal static class PresenceText
{
    public static DevicePresence Of(NoDataReason absence) => absence switch
    {
        NoDataReason.None => DevicePresence.Measured,
        NoDataReason.DeviceLost or NoDataReason.ResetRequired => DevicePresence.Lost,
        NoDataReason.Stalled => DevicePresence.Stalled,
        NoDataReason.Excluded => DevicePresence.Excluded,
        _ => DevicePresence.Unknown,
    };

    public static string Detail(NoDataReason absence) => absence switch
    {
        NoDataReason.None => "",
        NoDataReason.DeviceLost => "the card does not answer any more; most often it fell off the PCI bus and only a reboot brings it back",
        NoDataReason.ResetRequired => "the card answers only that it must be reset",
        NoDataReason.DriverNotLoaded => "the driver is not loaded",
        NoDataReason.NoPermission => "every reading is refused for want of a permission",
        _ => "no reading of this card succeeds",
    };

    public static HealthEvent Event(DeviceView device, PresenceState before, PresenceState now, string bootId) => new()
    {
        Kind = HealthEventKind.PresenceChanged,
        Device = device.Device,
        Text = now.Detail.Length == 0 ? $"{before.Presence} → {now.Presence}" : $"{before.Presence} → {now.Presence}: {now.Detail}",
        BootId = bootId,
        FirstSeen = now.Since,
        LastSeen = now.Since,
        Source = device.Source.Name,
    };
}
