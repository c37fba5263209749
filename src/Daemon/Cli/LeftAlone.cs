using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>Cards that the driver was told to leave alone: nobody can use them, and nobody waits for them.</summary>
internal static class LeftAlone
{
    public static bool IsLeftAlone(this DeviceReport device) => device is { Presence: DevicePresence.Excluded, Reason: NoDataReason.Excluded };
}
