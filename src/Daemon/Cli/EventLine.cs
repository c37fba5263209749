using System.Globalization;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary>An event as one line: when it was last seen, where, what, how often.</summary>
internal static class EventLine
{
    // "#3 0000:5d:00.0", and most kinds.
    private const int PlaceWidth = 15;
    private const int KindWidth = 15;

    public static Line Of(EventReport happened, TimeZoneInfo zone)
    {
        var time = TimeZoneInfo.ConvertTime(happened.LastSeen, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var place = Place(happened).PadRight(PlaceWidth);
        var kind = happened.Kind.ToString().PadRight(KindWidth);
        var count = happened.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"  ×{happened.Count}") : "";
        var durable = happened.Durable ? "" : "  (not stored yet)";
        return new Line($"{time}  {place}  {kind}  {happened.Text}{count}{durable}", happened.Durable ? Tone.Plain : Tone.Warning);
    }

    private static string Place(EventReport happened) => (happened.Index, happened.PciAddress, happened.Device) switch
    {
        ({ } index, { } address, _) => string.Create(CultureInfo.InvariantCulture, $"#{index} {address}"),
        (_, { } address, _) => address,
        (_, _, { } id) => id,
        _ => "node",
    };
}
