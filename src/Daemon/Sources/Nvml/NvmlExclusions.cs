using Forewarn.Interop.Linux;
using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>A card that the driver was told to leave alone.</summary>
/// <param name="PciAddress">In the kernel's form.</param>
/// <param name="Uuid">Empty where the driver does not tell it.</param>
internal sealed record NvmlExcludedCard(string PciAddress, string Uuid);

/// <summary>
/// Which cards the driver was told to leave alone (NVreg_ExcludedGpus). It reads that when it is loaded, so that it holds for a session of the library.
/// Where the library does not say it, as before driver 465, what the kernel module says in /proc is read: a card that is excluded must not be taken for lost.
/// </summary>
internal static class NvmlExclusions
{
    /// <summary>nvml.h has no bound; no node has so many cards.</summary>
    private const uint Most = 64;

    public static List<NvmlExcludedCard> Read(NvmlLibrary library, string root)
    {
        var code = library.GetExcludedDeviceCount(out var count);
        if (code != NvmlReturn.Success) return [.. OfModule(root)];
        var cards = new List<NvmlExcludedCard>();
        for (uint index = 0; index < Math.Min(count, Most); index++)
        {
            if (library.GetExcludedDeviceInfoByIndex(index, out var card) != NvmlReturn.Success) return [.. OfModule(root)];
            var place = new PciAddress(card.PciInfo.Domain, (byte)card.PciInfo.Bus, (byte)card.PciInfo.Device, 0);
            cards.Add(new(place.ToString(), System.Text.Encoding.ASCII.GetString(card.Uuid.Text)));
        }

        return cards;
    }

    private static IEnumerable<NvmlExcludedCard> OfModule(string root)
    {
        string[] files;
        try
        {
            files = [.. Directory.EnumerateDirectories(Path.Join(root, "proc/driver/nvidia/gpus")).Order(StringComparer.Ordinal)];
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            yield break;
        }

        foreach (var folder in files)
        {
            if (Parse(Path.GetFileName(folder), Text(Path.Join(folder, "information"))) is { } card) yield return card;
        }
    }

    private static string Text(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception unseen) when (unseen is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Null where the module does not leave the card alone, or the folder's name is no place. The line was renamed with the functions.</summary>
    public static NvmlExcludedCard? Parse(string folder, string information)
    {
        var (isExcluded, uuid) = (false, "");
        foreach (var line in information.Split('\n'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) continue;
            var (key, value) = (line[..colon].Trim(), line[(colon + 1)..].Trim());
            if (key is "GPU Excluded" or "Blacklisted" or "GPU Blacklisted") isExcluded = value == "Yes";
            if (key == "GPU UUID" && !value.Contains('?', StringComparison.Ordinal)) uuid = value; // all question marks where it was not read
        }

        return isExcluded && PciAddress.TryParse(folder, out var place) ? new NvmlExcludedCard(place.ToString(), uuid) : null;
    }
}
