using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Store;

namespace Forewarn.Daemon.Api;

/// <summary>Turns an event into its answer.</summary>
internal static class EventReports
{
    public static EventReport Event(in Announcement told)
    {
        var (id, happened) = (told.Record.Id, told.Record.Event);
        return new EventReport
        {
            Id = id,
            Kind = happened.Kind,
            Device = happened.Device?.Id.Value,
            Index = Known(happened.Device?.Index ?? -1),
            PciAddress = DeviceReports.Told(happened.Device?.PciAddress ?? ""),
            Serial = DeviceReports.Told(happened.Device?.Serial ?? ""),
            Slot = Known(happened.Device?.Slot ?? -1),
            Code = happened.Code == 0 ? null : happened.Code,
            Text = happened.Text,
            FirstSeen = happened.FirstSeen,
            LastSeen = happened.LastSeen,
            Count = happened.Count,
            Sources = [happened.Source, .. happened.AlsoSeenBy],
            BootId = DeviceReports.Told(happened.BootId),
            Raw = DeviceReports.Told(happened.Raw),
            Rule = happened.Finding?.Rule,
            Severity = happened.Finding?.Severity,
            Durable = told.IsDurable,
        };
    }

    private static int? Known(int number) => number < 0 ? null : number;
}
