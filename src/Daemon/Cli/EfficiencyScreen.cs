using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Efficiency;

namespace Forewarn.Daemon.Cli;

/// <summary>How the devices' time was used, by device and by job, the most wasteful first, and the waste in words.</summary>
internal sealed class EfficiencyScreen(EfficiencyReport report, UsageWindow window)
{
    private static readonly TextColumn[] Figures =
    [
        new("MEASURED", Right: true, Drop: 4), new("UTIL", Right: true, Drop: 1), new("IDLE", Right: true, Drop: 2), new("HELD", Right: true),
        new("THROTTLED", Right: true, Drop: 6), new("POWER", Right: true, Drop: 3), new("ENERGY", Right: true, Drop: 5),
        new("J/BUSY s", Right: true, Drop: 7),
    ];

    public IReadOnlyList<Line> Render(int width)
    {
        List<Line> lines = [];
        if (report.Simulated) Say("SIMULATED NODE: nothing below comes from real hardware", Tone.Warning);
        Say($"{report.Node}  the last {(window == UsageWindow.Hour ? "hour" : "day")}");
        Say(Waste());
        lines.Add(new(""));
        lines.AddRange(Devices(width).Select(text => new Line(text)));
        lines.Add(new(""));
        lines.AddRange(Jobs(width).Select(text => new Line(text)));
        if (report.JobsForgotten > 0) Say($"{report.JobsForgotten} more jobs made room for these", Tone.Warning);
        return lines;

        void Say(string text, Tone tone = Tone.Plain) => lines.AddRange(WrappedText.Fitting(text, width).Select(line => new Line(line, tone)));
    }

    private string Waste()
    {
        var all = report.Devices.Select(Of).ToArray();
        var (measured, idle, held) = (all.Sum(one => one.MeasuredSeconds), all.Sum(one => one.IdleSeconds), all.Sum(one => one.IdleHeldSeconds));
        if (measured <= 0) return "No utilisation was measured: nothing can be said about waste.";
        var whole = Time(measured) + " of device time";
        if (idle <= 0) return $"No device was idle in {whole}.";
        if (held <= 0) return $"Idle and free for work: {Time(idle)} in {whole} ({Share(idle, measured)}). Nobody held memory meanwhile.";
        var worst = report.Jobs.MaxBy(job => Of(job).IdleHeldSeconds);
        var by = worst is null || Of(worst).IdleHeldSeconds <= 0 ? "" : $", most of it by {JobName.Of(worst)} ({Time(Of(worst).IdleHeldSeconds)})";
        return $"Wasted: {Time(held)} in {whole} ({Share(held, measured)}) idle with memory held{by}.";
    }

    private IReadOnlyList<string> Devices(int width)
    {
        if (report.Devices.Count == 0) return [.. WrappedText.Fitting("no device has been found; forewarn status says why", width)];
        var table = new TextTable([new("#"), new("NAME", Flexible: true), .. Figures]);
        foreach (var device in report.Devices.OrderByDescending(one => Of(one).IdleHeldSeconds).ThenByDescending(one => Of(one).IdleSeconds))
            table.Add([Place(device), Name(device), .. Cells(Of(device))]);
        return table.Render(width);
    }

    private string Place(DeviceEfficiency device) => device.Parent is { } card
        ? DevicePlace.OfPart(report.Devices.FirstOrDefault(one => one.Id == card)?.Index, device.Index)
        : DevicePlace.OfCard(device.Index);

    // Its place names a part's card: by waste sorted, it does not stand beneath it.
    private static string Name(DeviceEfficiency device) => device.Profile is { } profile
        ? $"MIG {profile}"
        : DeviceName.Short(device.Vendor, device.Name ?? device.PciAddress);

    private IReadOnlyList<string> Jobs(int width)
    {
        var seen = report.Jobs.Where(job => Of(job) is { MeasuredSeconds: > 0 } or { PoweredSeconds: > 0 }).ToArray();
        if (seen.Length == 0) return [.. WrappedText.Fitting("no job was seen on a device", width)];
        var table = new TextTable([new("JOB", Flexible: true), .. Figures]);
        foreach (var job in seen.OrderByDescending(one => Of(one).IdleHeldSeconds).ThenByDescending(one => Of(one).MeasuredSeconds))
            table.Add([JobName.Of(job), .. Cells(Of(job))]);
        return table.Render(width);
    }

    private static string[] Cells(UsageReport usage) =>
    [
        Time(usage.MeasuredSeconds),
        usage.MeanUtilization is { } mean ? Quantity.Whole(mean * 100, "%") : Quantity.Unknown,
        Share(usage.IdleSeconds, usage.MeasuredSeconds),
        Share(usage.IdleHeldSeconds, usage.MeasuredSeconds),
        Share(usage.ThrottledSeconds, usage.MeasuredSeconds),
        usage.MeanPowerWatts is { } watts ? Quantity.Whole(watts, "W") : Quantity.Unknown,
        usage.PoweredSeconds > 0 ? Quantity.Energy(usage.EnergyJoules) : Quantity.Unknown,
        usage.JoulesPerBusySecond is { } joules ? Quantity.Whole(joules) : Quantity.Unknown,
    ];

    private static string Time(double seconds) => seconds > 0 ? Quantity.Duration(TimeSpan.FromSeconds(seconds)) : Quantity.Unknown;

    private static string Share(double part, double whole) => whole > 0 ? Quantity.Whole(part / whole * 100, "%") : Quantity.Unknown;

    private UsageReport Of(DeviceEfficiency device) => window == UsageWindow.Hour ? device.Hour : device.Day;

    private UsageReport Of(JobEfficiency job) => window == UsageWindow.Hour ? job.Hour : job.Day;
}
