using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Pipeline;

/// <summary>Events as the library and the kernel's log tell of them, at a time in seconds after one fixed moment.</summary>
internal static class Happening
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly Device Card = Cards.At("0000:18:00.0", "GPU-1");

    /// <summary>The library has the code alone.</summary>
    public static HealthEvent Library(long xid, double at, Device? card = null) => new()
    {
        Kind = HealthEventKind.DriverError,
        Device = card ?? Card,
        Code = xid,
        Text = $"Xid {xid}",
        BootId = "boot-1",
        FirstSeen = Start + TimeSpan.FromSeconds(at),
        LastSeen = Start + TimeSpan.FromSeconds(at),
        Source = "nvml",
    };

    /// <summary>The kernel's log has the line, and where it stands.</summary>
    public static HealthEvent Kernel(long xid, double at, ulong sequence = 1, int link = -1, Device? card = null) => Library(xid, at, card) with
    {
        Source = "kmsg",
        Text = $"Xid {xid}, as logged",
        Raw = $"NVRM: Xid (PCI:0000:18:00): {xid}, {sequence}",
        Detail = new EventDetail { Link = link },
        Cursor = new KernelCursor("boot-1", sequence),
    };
}
