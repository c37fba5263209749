using System.Globalization;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary>What <c>forewarn status</c> says of the controller: who it is, when it last heard of this node, and in a sentence why it does not.</summary>
internal static class ControllerLine
{
    public static Line Head(ControllerReport controller, DateTimeOffset now)
    {
        var heard = controller.LastSuccess is { } time ? $"last report {Quantity.Duration(now - time)} ago" : "nothing reported yet";
        var asked = controller.CheckpointRequests == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"  {controller.CheckpointRequests} jobs asked");
        return new($"controller  {controller.Target}  {heard}{asked}", controller.Trouble is null ? Tone.Plain : Tone.Warning);
    }

    /// <summary>Null while all is well.</summary>
    public static string? Sentence(ControllerReport controller, DateTimeOffset now, TimeZoneInfo zone) => controller is { Trouble: { } trouble, TroubleSince: { } since }
        ? string.Create(CultureInfo.InvariantCulture, $"the controller hears nothing of this node since {Quantity.Moment(since, now, zone)}: {trouble}; {controller.EventsWaiting} events wait")
        : null;
}
