using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Pipeline;

internal static class Cards
{
    public static Device At(string place, string? id = null) => new()
    {
        Vendor = new Vendor("nvidia"),
        Id = id is null ? DeviceId.AtPci(place) : new DeviceId(id),
        PciAddress = place,
    };
}
