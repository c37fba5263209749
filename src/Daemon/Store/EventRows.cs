using System.Text.Json;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Microsoft.Data.Sqlite;

namespace Forewarn.Daemon.Store;

/// <summary>An event as a row, there and back.</summary>
internal static class EventRows
{
    public const string Columns = "id, kind, device, pci, serial, slot, idx, vendor, name, code, first_seen, last_seen, count, boot, source, text, raw, detail, finding, record";

    public static EventRecord Read(SqliteDataReader row) => new(row.GetInt64(0), Event(row), IsNew: true);

    public static void Bind(SqliteParameterCollection into, in EventRecord record)
    {
        var (happened, device) = (record.Event, record.Event.Device);
        Set(into, "$id", record.Id);
        Set(into, "$kind", happened.Kind.ToString());
        Set(into, "$device", (device?.Id ?? DeviceId.Node).Value);
        Set(into, "$pci", device?.PciAddress ?? "");
        Set(into, "$serial", device?.Serial ?? "");
        Set(into, "$slot", device?.Slot ?? -1);
        Set(into, "$idx", device?.Index ?? -1);
        Set(into, "$vendor", device?.Vendor.Name ?? "");
        Set(into, "$name", device?.Name ?? "");
        Set(into, "$code", happened.Code);
        Set(into, "$first_seen", happened.FirstSeen.UtcTicks);
        Set(into, "$last_seen", happened.LastSeen.UtcTicks);
        Set(into, "$count", happened.Count);
        Set(into, "$boot", happened.BootId);
        Set(into, "$source", string.Join(' ', [happened.Source, .. happened.AlsoSeenBy]));
        Set(into, "$text", happened.Text);
        Set(into, "$raw", happened.Raw);
        Set(into, "$detail", happened.Detail is null ? null : JsonSerializer.Serialize(happened.Detail, StoredJson.Plain.EventDetail));
        Set(into, "$record", (long?)happened.Cursor?.Sequence);
        Set(into, "$finding", happened.Finding is null ? null : Write(happened.Finding));
    }

    public static string Write(Finding finding) => JsonSerializer.Serialize(finding, StoredJson.Plain.Finding);

    /// <summary>Null when a later version wrote something that this one does not understand.</summary>
    public static Finding? ReadFinding(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, StoredJson.Plain.Finding);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static void Set(SqliteParameterCollection into, string name, object? value)
    {
        if (into.Contains(name)) into[name].Value = value ?? DBNull.Value;
        else into.AddWithValue(name, value ?? DBNull.Value);
    }

    private static HealthEvent Event(SqliteDataReader row)
    {
        var sources = row.GetString(14).Split(' ');
        return new HealthEvent
        {
            Kind = Enum.TryParse<HealthEventKind>(row.GetString(1), out var kind) ? kind : HealthEventKind.SourceChanged,
            Device = Device(row),
            Code = row.GetInt64(9),
            FirstSeen = Time(row.GetInt64(10)),
            LastSeen = Time(row.GetInt64(11)),
            Count = row.GetInt64(12),
            BootId = row.GetString(13),
            Source = sources[0],
            AlsoSeenBy = [.. sources.Skip(1)],
            Text = row.GetString(15),
            Raw = row.GetString(16),
            Detail = row.IsDBNull(17) ? null : Detail(row.GetString(17)),
            Cursor = row.IsDBNull(19) ? null : new KernelCursor(row.GetString(13), (ulong)row.GetInt64(19)),
            Finding = row.IsDBNull(18) ? null : ReadFinding(row.GetString(18)),
        };
    }

    private static Device? Device(SqliteDataReader row)
    {
        var id = new DeviceId(row.GetString(2));
        if (id == DeviceId.Node) return null;
        return new Device
        {
            Id = id,
            PciAddress = row.GetString(3),
            Serial = row.GetString(4),
            Slot = row.GetInt32(5),
            Index = row.GetInt32(6),
            Vendor = new Vendor(row.GetString(7)),
            Name = row.GetString(8),
        };
    }

    private static EventDetail? Detail(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, StoredJson.Plain.EventDetail);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
