using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary>That somebody works at the node, in a line.</summary>
internal static class MaintenanceText
{
    public static string Of(MaintenanceReport work, DateTimeOffset now, TimeZoneInfo zone)
    {
        var until = work.Until is { } end ? $" for another {Quantity.Duration(end - now)}" : "";
        var reason = work.Reason is { } told ? $": {told}" : "";
        return $"maintenance  since {Quantity.Moment(work.Since, now, zone)}{until} by {work.By}{reason}";
    }
}
