using System.Text.Json;
using System.Text.Json.Serialization;
using Forewarn.Model;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Pipeline;

/// <summary>One source's inventory on disk. Whatever is wrong with the file costs the memory of lost cards, nothing else.</summary>
internal sealed partial class InventoryFile(string path, ILogger logger)
{
    /// <summary>What was seen, what was ill in an earlier boot and was not missed yet, and whether the first was in this boot; an unreadable boot id is no boot's.</summary>
    public (IReadOnlyList<Device> Devices, IReadOnlyList<Device> Earlier, bool OfThisBoot) Load(string bootId)
    {
        try
        {
            if (!File.Exists(path)) return ([], [], false);
            var stored = JsonSerializer.Deserialize(File.ReadAllBytes(path), InventoryJson.Default.StoredInventory);
            if (stored is null) return ([], [], false);
            var earlier = stored.Earlier ?? [];
            return stored.Devices.Concat(earlier).All(row => row is { Id.Length: > 0, PciAddress.Length: > 0 })
                ? ([.. stored.Devices.Select(row => row.ToDevice())], [.. earlier.Select(row => row.ToDevice())], stored.BootId == bootId && bootId.Length > 0)
                : throw new JsonException("a device has no identity or no place");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            Log.NotRead(logger, path, exception.Message);
            return ([], [], false);
        }
    }

    /// <summary>Replaces the file as a whole, so that a crash leaves the old or the new one.</summary>
    public void Save(string bootId, string source, IReadOnlyList<Device> devices, IReadOnlyList<Device> earlier)
    {
        var stored = new StoredInventory(bootId, source, [.. devices.Select(StoredDevice.Of)], earlier.Count == 0 ? null : [.. earlier.Select(StoredDevice.Of)]);
        try
        {
            var draft = path + ".new";
            File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(stored, InventoryJson.Default.StoredInventory));
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.NotWritten(logger, path, exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 120, Level = LogLevel.Warning, Message = "inventory was not read, lost cards of earlier will not be missed: {Reason} [file `{File}`]")]
        public static partial void NotRead(ILogger logger, string file, string reason);

        [LoggerMessage(EventId = 121, Level = LogLevel.Warning, Message = "inventory was not written, cards lost from now on will not be missed after a restart: {Reason} [file `{File}`]")]
        public static partial void NotWritten(ILogger logger, string file, string reason);
    }
}

internal sealed record StoredInventory(string BootId, string Source, IReadOnlyList<StoredDevice> Devices, IReadOnlyList<StoredDevice>? Earlier = null);

internal sealed record StoredDevice(
    string Id, string Vendor, string PciAddress, int Index, string Name, string Serial, string PartNumber, int Slot, int Minor,
    string Firmware, string ConfigurationImage, int NumaNode)
{
    public static StoredDevice Of(Device device) => new(
        device.Id.Value, device.Vendor.Name, device.PciAddress, device.Index, device.Name, device.Serial, device.PartNumber, device.Slot,
        device.Minor, device.Firmware, device.ConfigurationImage, device.NumaNode);

    public Device ToDevice() => new()
    {
        Id = new DeviceId(Id),
        Vendor = new Vendor(Vendor),
        PciAddress = PciAddress,
        Index = Index,
        Name = Name,
        Serial = Serial,
        PartNumber = PartNumber,
        Slot = Slot,
        Minor = Minor,
        Firmware = Firmware,
        ConfigurationImage = ConfigurationImage,
        NumaNode = NumaNode,
    };
}

[JsonSerializable(typeof(StoredInventory))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class InventoryJson : JsonSerializerContext;
