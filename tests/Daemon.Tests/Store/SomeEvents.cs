using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Store;

/// <summary>Events to store.</summary>
internal static class SomeEvents
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Device Card { get; } = new()
    {
        Id = new DeviceId("GPU-3"),
        Vendor = new Vendor("nvidia"),
        PciAddress = "0000:3b:00.0",
        Index = 3,
        Serial = "1650323",
        Slot = 4,
        Name = "NVIDIA H100 80GB HBM3",
    };

    public static HealthEvent Xid(long code, long count = 1) => new()
    {
        Kind = HealthEventKind.DriverError,
        Device = Card,
        Code = code,
        Text = $"Xid {code}",
        BootId = "b0070000-0000-4000-8000-000000000001",
        FirstSeen = Noon,
        LastSeen = Noon.AddSeconds(count),
        Count = count,
        Source = "kernel",
        AlsoSeenBy = ["nvml"],
        Raw = $"NVRM: Xid (PCI:0000:3b:00): {code}, pid=1, name=python, text",
        Detail = new EventDetail { Link = 14, Registers = [0, 0x10000], Unit = "RLW_REMAP", Pid = 1, Process = "python" },
    };

    public static Finding Finding(string rule = "row-remap-failed", long key = 0) => new()
    {
        Rule = rule,
        Key = key,
        Device = Card.Id,
        Severity = Severity.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.ReplaceHardware),
        Summary = "a bad row of memory could not be replaced",
        Evidence = [new("flag", 1, 0, "", "", Noon)],
        FirstSeen = Noon,
        LastSeen = Noon,
        Serial = Card.Serial,
    };

    public static HealthEvent Told(HealthEventKind kind, Finding finding) => Xid(0) with { Kind = kind, Finding = finding, Detail = null, Raw = "", AlsoSeenBy = [] };

    public static EventBatch Batch(params (long Id, HealthEvent Event)[] events) => new() { Events = [.. events.Select(one => new EventRecord(one.Id, one.Event, IsNew: true))] };
}
