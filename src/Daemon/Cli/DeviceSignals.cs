using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>Looks a catalogued signal up in the agent's answer.</summary>
internal static class DeviceSignals
{
    /// <summary>The value of a signal that has no instances; null when it is absent.</summary>
    public static double? Value(this DeviceReport device, SignalId id)
    {
        var wanted = SignalCatalog.Of(id);
        return device.Signals.FirstOrDefault(report => report.Signal == wanted.Family.Name && Has(report, wanted))?.Value;
    }

    private static bool Has(SignalReport report, Signal wanted) =>
        (report.Labels?.Count ?? 0) == wanted.Labels.Count
        && wanted.Labels.All(label => report.Labels!.TryGetValue(label.Key, out var value) && value == label.Value);
}
