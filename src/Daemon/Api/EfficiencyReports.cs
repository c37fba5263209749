using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Efficiency;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Api;

/// <summary>Turns the accounts into their answer.</summary>
internal static class EfficiencyReports
{
    public static EfficiencyReport Node(NodeView view, DateTimeOffset wall)
    {
        var now = view.Accounts.Clock.Now;
        return new()
        {
            Simulated = view.Node.Simulation is not null,
            Node = view.Node.Name,
            Time = wall,
            Devices = [.. view.Devices.Select(device => Device(device, now))],
            Jobs = [.. view.Accounts.Jobs.All.OrderByDescending(job => job.LastSeen).Select(job => Job(job, view, wall, now))],
            JobsForgotten = view.Accounts.Jobs.Forgotten,
        };
    }

    private static DeviceEfficiency Device(DeviceView view, double now)
    {
        var device = view.Device;
        return new()
        {
            Id = device.Id.Value,
            Index = DeviceReports.Known(device.Index),
            Vendor = device.Vendor.Name,
            Name = DeviceReports.Told(device.Name),
            PciAddress = device.PciAddress,
            Parent = device.Partition?.Parent.Value,
            Profile = DeviceReports.Told(device.Partition?.Profile ?? ""),
            Hour = Usage(view.Account.History.Over(UsageWindow.Hour, now)),
            Day = Usage(view.Account.History.Over(UsageWindow.Day, now)),
        };
    }

    private static JobEfficiency Job(JobAccount job, NodeView view, DateTimeOffset wall, double now)
    {
        var key = JobKey.Of(job.Workload);
        return new()
        {
            Manager = key.Manager,
            Id = DeviceReports.Told(key.Id),
            Namespace = DeviceReports.Told(job.Workload.Namespace),
            Pod = DeviceReports.Told(job.Workload.Pod),
            User = DeviceReports.Known(job.Workload.User),
            RunsOn = [.. view.Devices.Where(device => device.Workloads.Any(one => JobKey.Of(one.Workload) == key)).Select(device => device.Device.Id.Value)],
            FirstSeen = wall.AddSeconds(Math.Round(job.FirstSeen - now, 3)),
            LastSeen = wall.AddSeconds(Math.Round(job.LastSeen - now, 3)),
            Hour = Usage(job.History.Over(UsageWindow.Hour, now)),
            Day = Usage(job.History.Over(UsageWindow.Day, now)),
        };
    }

    private static UsageReport Usage(UsageSums sums) => new()
    {
        MeasuredSeconds = Rounded(sums.Measured),
        BusySeconds = Rounded(sums.Busy),
        IdleSeconds = Rounded(sums.Idle),
        IdleHeldSeconds = Rounded(sums.IdleHeld),
        ThrottledSeconds = Rounded(sums.Throttled),
        PoweredSeconds = Rounded(sums.Powered),
        EnergyJoules = Rounded(sums.Joules),
        MeanUtilization = Rounded(sums.MeanUtilization),
        MeanPowerWatts = Rounded(sums.MeanWatts),
        JoulesPerBusySecond = Rounded(sums.JoulesPerBusySecond),
    };

    // A sum of many small parts has digits that mean nothing.
    private static double Rounded(double value) => Math.Round(value, 3);

    private static double? Rounded(double? value) => value is { } known ? Rounded(known) : null;
}
