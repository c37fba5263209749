using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Api;

/// <summary>Turns the meters of exporters that send into the answers about them.</summary>
internal static class ExporterReports
{
    public static ExporterReport Of(DeliveryView delivery)
    {
        var trouble = delivery.Trouble;
        return new()
        {
            Name = delivery.Exporter,
            Target = delivery.Target,
            PointsTaken = delivery.Taken,
            PointsWritten = delivery.Written,
            PointsDropped =
            [
                .. Enum.GetValues<DropReason>().Select(reason => new DroppedPointsReport(reason.ToString(), delivery.Dropped(reason)))
                    .Where(dropped => dropped.Points > 0),
            ],
            PointsHeld = delivery.HeldPoints,
            OldestHeld = DeviceReports.Happened(delivery.OldestHeld),
            SpoolBatches = delivery.SpoolBatches,
            SpoolBytes = delivery.SpoolBytes,
            Retries = delivery.Retries,
            LastSuccess = DeviceReports.Happened(delivery.LastSuccess),
            Trouble = trouble?.Text,
            TroubleSince = trouble?.Since,
        };
    }
}
