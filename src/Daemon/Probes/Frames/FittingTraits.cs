using System.Globalization;
using System.Text;
using Forewarn.Model;

namespace Forewarn.Daemon.Probes.Frames;

/// <summary>
/// What of a device's traits goes into one frame, and how much does not. Half an entry of a list would be read as another one: of a list that is too long
/// whole entries go out, and then how many more there are.
/// </summary>
internal static class FittingTraits
{
    /// <summary>Bytes of a name and of a value.</summary>
    public const int LongestKey = 32;
    public const int LongestValue = 96;

    /// <summary>Bytes of all together, with the lengths before them.</summary>
    public const int Room = 18 * (sizeof(ushort) + LongestKey + sizeof(ushort) + LongestValue);

    /// <summary>The trait that says how many others found no room.</summary>
    public const string LeftOut = "left_out";

    private const int LeftOutRoom = sizeof(ushort) + 8 + sizeof(ushort) + 5; // of so many that their number is in a 16-bit field

    public static DeviceTrait[] Of(DeviceTraits traits)
    {
        DeviceTrait[] all = [.. traits.All.Select(trait => trait with { Value = List(trait.Value) })];
        if (all.Sum(Size) <= Room) return all;
        var (count, room) = (0, Room - LeftOutRoom);
        while ((room -= Size(all[count])) >= 0) count++;
        return [.. all[..count], new DeviceTrait(LeftOut, (all.Length - count).ToString(CultureInfo.InvariantCulture))];
    }

    private static int Size(DeviceTrait trait)
        => sizeof(ushort) + Math.Min(Encoding.UTF8.GetByteCount(trait.Key), LongestKey) + sizeof(ushort) + Math.Min(Encoding.UTF8.GetByteCount(trait.Value), LongestValue);

    private static string List(string value)
    {
        if (Encoding.UTF8.GetByteCount(value) <= LongestValue || !value.Contains(',', StringComparison.Ordinal)) return value;
        var entries = value.Split(',');
        var text = value;
        for (var kept = entries.Length - 1; kept >= 0 && Encoding.UTF8.GetByteCount(text) > LongestValue; kept--)
            text = string.Create(CultureInfo.InvariantCulture, $"{string.Concat(entries[..kept].Select(entry => entry + ","))}… {entries.Length - kept} more");
        return text;
    }
}
