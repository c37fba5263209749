using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>What was known of a device before, where it was told in part this time: only a different answer changes what is known.</summary>
internal static class KnownDevice
{
    /// <param name="told">As it was told now; what is missing in it was not answered.</param>
    /// <param name="known">The same device, as it was told before.</param>
    public static Device Fill(Device told, Device known) => told with
    {
        Index = Either(told.Index, known.Index),
        Name = Either(told.Name, known.Name),
        Serial = Either(told.Serial, known.Serial),
        PartNumber = Either(told.PartNumber, known.PartNumber),
        Slot = Either(told.Slot, known.Slot),
        Minor = Either(told.Minor, known.Minor),
        Firmware = Either(told.Firmware, known.Firmware),
        ConfigurationImage = Either(told.ConfigurationImage, known.ConfigurationImage),
        NumaNode = Either(told.NumaNode, known.NumaNode),
        Partition = Fill(told.Partition, known.Partition),
        Traits = Fill(told.Traits, known.Traits),
    };

    private static DevicePartition? Fill(DevicePartition? told, DevicePartition? known) => told is null || known is null ? told : told with
    {
        Profile = Either(told.Profile, known.Profile),
        Instance = Either(told.Instance, known.Instance),
        ComputeInstance = Either(told.ComputeInstance, known.ComputeInstance),
    };

    /// <summary>In the order in which they were known, so that a trait that comes back stands where it stood; new ones behind.</summary>
    private static DeviceTraits Fill(DeviceTraits told, DeviceTraits known)
    {
        var now = told.All.ToDictionary(trait => trait.Key, StringComparer.Ordinal);
        var before = known.All.Select(trait => trait.Key).ToHashSet(StringComparer.Ordinal);
        return new DeviceTraits([.. known.All.Select(trait => now.GetValueOrDefault(trait.Key, trait)), .. told.All.Where(trait => !before.Contains(trait.Key))]);
    }

    private static string Either(string told, string known) => told.Length > 0 ? told : known;

    private static int Either(int told, int known) => told >= 0 ? told : known;
}
