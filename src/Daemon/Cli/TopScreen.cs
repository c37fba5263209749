using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>The devices at work, in the order of their PCI addresses so that none jumps while one looks; parts beneath their card.</summary>
internal sealed class TopScreen(DeviceList list, IReadOnlyList<JobEfficiency> jobs, TimeZoneInfo zone)
{
    private const int LongestJob = 28;
    private const int LeastCells = 4;
    private const int MostCells = 20;

    // What holds the clocks down, the worst first.
    private static readonly (SignalId Signal, string Word)[] Holds =
    [
        (SignalId.ClockEventHardwareThermal, "heat"),
        (SignalId.ClockEventSoftwareThermal, "heat"),
        (SignalId.ClockEventHardwarePowerBrake, "brake"),
        (SignalId.ClockEventHardwareSlowdown, "slowdown"),
        (SignalId.ClockEventSoftwarePowerCap, "power cap"),
        (SignalId.ClockEventSyncBoost, "sync boost"),
        (SignalId.ClockEventApplicationClocks, "app clocks"),
        (SignalId.ClockEventDisplay, "display"),
    ];

    private static readonly SignalId[] Shown =
    [
        SignalId.UtilizationGpu, SignalId.MemoryUsed, SignalId.Power, SignalId.PowerLimit, SignalId.TemperatureGpu, SignalId.ClockSm,
    ];

    /// <summary>The question to the agent that brings what is shown.</summary>
    public static string Query { get; } = "/v1/devices?signals=" + string.Join(',', Shown.Concat(Holds.Select(hold => hold.Signal))
        .Concat(DeviceTrouble.Signals).Select(id => SignalCatalog.Of(id).Family.Name).Distinct());

    /// <summary>With a height, what does not fit of the findings is counted.</summary>
    public IReadOnlyList<Line> Render(int width, int? height = null)
    {
        List<Line> lines = [.. Head().SelectMany(line => WrappedText.Fitting(line.Text, width).Select(text => line with { Text = text }))];
        if (list.Devices.Count == 0) return [.. lines, .. WrappedText.Fitting("no device has been found; forewarn status says why", width).Select(text => new Line(text, Tone.Warning))];
        var rows = Rows(width);
        return
        [
            .. lines, new(rows[0]), .. rows.Skip(1).Zip(list.Devices, (text, device) => new Line(text, DeviceTrouble.Tone(device))),
            .. Findings(width, (height - lines.Count - rows.Count) ?? int.MaxValue),
        ];
    }

    // A line for each device that has one, the worst device first; cut, since forewarn explain has the rest.
    private IEnumerable<Line> Findings(int width, int room)
    {
        var ill = list.Devices.Where(device => Worst(device) is not null).OrderBy(DeviceTrouble.Rank).ToArray();
        if (ill.Length == 0 || room < 2) yield break;
        yield return new("");
        var shown = ill.Length < room ? ill.Length : room - 2;
        foreach (var device in ill.Take(shown))
        {
            var finding = Worst(device)!;
            var text = $"{Place(device)} {finding.Severity} {finding.Rule}: {finding.Summary}";
            yield return new(text.Length <= width ? text : text[..(width - 1)] + "…", DeviceTrouble.Tone(device));
        }

        if (shown < ill.Length) yield return new($"… and {ill.Length - shown} more: forewarn status", Tone.Warning);
    }

    private static FindingReport? Worst(DeviceReport device) => device.Assessment?.Findings.FirstOrDefault(finding => !finding.Observed);

    private IEnumerable<Line> Head()
    {
        if (list.Simulated) yield return new("SIMULATED NODE: nothing below comes from real hardware", Tone.Warning);
        var cards = list.Devices.Where(device => device.Parent is null).ToArray();
        var measured = cards.Where(device => device.Presence == DevicePresence.Measured).ToArray();
        var (busy, watts) = (Known(measured, SignalId.UtilizationGpu), Known(measured, SignalId.Power));
        var utilization = busy.Length == 0 ? "" : $"  utilisation {Quantity.Whole(busy.Average() * 100, "%")}{OfSome(busy, measured)}";
        var power = watts.Length == 0 ? "" : $"  {Quantity.Whole(watts.Sum(), " W")}{OfSome(watts, measured)}";
        var time = TimeZoneInfo.ConvertTime(list.Time, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        yield return new($"{list.Node}  {time}  {measured.Length} of {cards.Length} devices measured{utilization}{power}");
        yield return new("");
    }

    // A figure that not all cards tell says of how many it is.
    private static string OfSome(double[] told, DeviceReport[] measured) =>
        told.Length == measured.Length ? "" : $" of {told.Length} {(told.Length == 1 ? "card" : "cards")}";

    // What the table leaves of the width goes to the two bars.
    private IReadOnlyList<string> Rows(int width)
    {
        var plain = Table(0).Render(int.MaxValue);
        var cells = Math.Min(((width - plain.Max(row => row.Length)) / 2) - 1, MostCells);
        return cells < LeastCells ? Table(0).Render(width) : Table(cells).Render(width);
    }

    private TextTable Table(int cells)
    {
        var table = new TextTable(
        [
            new("#"), new("STATE"), new("UTIL", Right: cells == 0, Drop: 1), new("MEM GiB", Right: cells == 0, Drop: 4),
            new("POWER", Right: true, Drop: 3), new("TEMP", Right: true, Drop: 6), new("SM MHz", Right: true, Drop: 7),
            new("SLOWED BY", Drop: 5), new("JOB", Flexible: true, Drop: 2),
        ]);
        foreach (var device in list.Devices) table.Add(Row(device, cells));
        return table;
    }

    private string[] Row(DeviceReport device, int cells)
    {
        var utilization = device.Value(SignalId.UtilizationGpu);
        var memory = MemoryShare(device);
        return
        [
            Place(device),
            DeviceTrouble.Word(device),
            WithBar(utilization, utilization is { } share ? Quantity.Whole(share * 100, "%") : Quantity.Unknown, cells, 4),
            WithBar(memory, DeviceTable.Memory(device), cells, 9),
            Power(device),
            device.Value(SignalId.TemperatureGpu) is { } celsius ? Quantity.Whole(celsius, "°C") : Quantity.Unknown,
            device.Value(SignalId.ClockSm) is { } hertz ? Quantity.Whole(hertz / 1e6) : Quantity.Unknown,
            SlowedBy(device),
            Jobs(device),
        ];
    }

    private string Place(DeviceReport device) => device.Parent is { } card
        ? DevicePlace.OfPart(list.Devices.FirstOrDefault(one => one.Id == card)?.Index, device.Index)
        : DevicePlace.OfCard(device.Index);

    private static string WithBar(double? share, string number, int cells, int wide) =>
        cells == 0 ? number : $"{Bar.Of(share, cells)} {number.PadLeft(wide)}";

    private static double? MemoryShare(DeviceReport device) =>
        device.Value(SignalId.MemoryUsed) is { } used && device.Value(SignalId.MemoryFree) is { } free
            ? used / (used + free + (device.Value(SignalId.MemoryReserved) ?? 0))
            : null;

    private static string Power(DeviceReport device) => (device.Value(SignalId.Power), device.Value(SignalId.PowerLimit)) switch
    {
        ({ } watts, { } limit) => $"{Quantity.Whole(watts)}/{Quantity.Whole(limit, "W")}",
        ({ } watts, null) => Quantity.Whole(watts, "W"),
        _ => Quantity.Unknown,
    };

    private static string SlowedBy(DeviceReport device)
    {
        var known = Holds.Where(hold => device.Value(hold.Signal) is not null).ToArray();
        return known.Length == 0 ? Quantity.Unknown : known.FirstOrDefault(hold => device.Value(hold.Signal) > 0).Word ?? "";
    }

    private string Jobs(DeviceReport device)
    {
        var names = string.Join(", ", jobs.Where(job => job.RunsOn.Contains(device.Id)).Select(JobName.Of));
        return names.Length <= LongestJob ? names : names[..(LongestJob - 1)] + "…";
    }

    private static double[] Known(IEnumerable<DeviceReport> devices, SignalId id) =>
        [.. devices.Select(device => device.Value(id)).OfType<double>()];
}
