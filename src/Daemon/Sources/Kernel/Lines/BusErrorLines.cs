using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// PCIe errors (AER, DPC) as the root port and the device tell of them: two lines of one error, told apart by their unit (<see cref="BusErrorUnit"/>),
/// of the same device, so that whoever counts can count it once. A device that no source has is named in the unit. Code: 0 corrected, 1 non-fatal, 2 fatal. Wording: Linux, drivers/pci/pcie/aer.c and dpc.c.
/// </summary>
internal sealed partial class BusErrorLines : ILineParser
{
    public IReadOnlyList<string> Words { get; } = ["AER: ", "PCIe Bus Error", "DPC: containment event", "aer_status: 0x"];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Told().Match(line.Text) is { Success: true } told) return OfDevice(told, devices);
        if (Received().Match(line.Text) is { Success: true } received) return OfRoot(received, devices);
        if (Contained().Match(line.Text) is { Success: true } contained) return OfPort(contained, 2, BusErrorUnit.Containment, contained.Text("status"), line, devices);
        if (Recovery().Match(line.Text) is { Success: true } failed) return OfPort(failed, 2, BusErrorUnit.Recovery, "", line, devices);
        return Firmware().Match(line.Text) is { Success: true } firmware
            ? OfPort(firmware, line.IsError ? 1 : 0, "firmware", firmware.Text("status"), line, devices) : null;
    }

    private static KernelNews? OfDevice(Match match, KernelDevices devices)
    {
        if (KernelDevices.Address(match.Groups["bdf"].ValueSpan) is not { } address) return null;
        var device = devices.Known(address);
        var (severity, layer, agent) = (match.Text("severity"), match.Text("layer"), match.Text("agent"));
        return News(severity, device ?? devices.Below(address), device is null ? address : layer, device is null ? layer : agent,
            $"PCIe error at {address}: {severity}, {layer} ({agent})");
    }

    /// <summary>The port says of whom it heard; newer kernels write "message received from".</summary>
    private static KernelNews? OfRoot(Match match, KernelDevices devices)
    {
        if (KernelDevices.Address(match.Groups["port"].ValueSpan) is not { } port) return null;
        var source = KernelDevices.Address(match.Groups["source"].ValueSpan);
        var (severity, multiple) = (match.Text("severity"), match.Text("multiple"));
        return News(severity, source is null ? null : devices.Known(source) ?? devices.Below(source), $"{BusErrorUnit.Port} {port}", source ?? "",
            $"{port} received {multiple.ToLowerInvariant()}PCIe errors of {source ?? "an unknown device"}: {severity}");
    }

    private static KernelNews? OfPort(Match match, int code, string unit, string status, in KernelLine line, KernelDevices devices)
    {
        if (KernelDevices.Address(match.Groups["bdf"].ValueSpan) is not { } address) return null;
        var device = devices.Known(address) ?? devices.Below(address);
        return new()
        {
            Kind = HealthEventKind.BusError,
            Device = device,
            Code = code,
            Text = line.Text,
            Detail = new() { Unit = device is null ? $"{unit} {address}" : unit, Place = address, Registers = LineRegex.Registers(status), Printed = Printed(code) },
        };
    }

    private static KernelNews News(string severity, Device? device, string unit, string place, string text)
    {
        var code = severity.Contains("Non-Fatal", StringComparison.OrdinalIgnoreCase) ? 1 : severity.Contains("Fatal", StringComparison.OrdinalIgnoreCase) ? 2 : 0;
        return new()
        {
            Kind = HealthEventKind.BusError,
            Device = device,
            Code = code,
            Text = text,
            Detail = new() { Unit = unit, Place = place, Printed = Printed(code) },
        };
    }

    private static PrintedSeverity Printed(int code) => code switch { 0 => PrintedSeverity.Corrected, 1 => PrintedSeverity.NonFatal, _ => PrintedSeverity.Fatal };

    [GeneratedRegex(
        @"^\S+ (?<bdf>[0-9a-fA-F]{4,8}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\.[0-7]): (AER: )?PCIe Bus Error: severity=(?<severity>Correct(ed|able)|Uncorrect(ed|able) \((Non-Fatal|Fatal)\)), type=(?<layer>[^,]+), (id=\w+)?\(?(?<agent>[^)]*)\)?",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Told();

    [GeneratedRegex(
        @"^pcieport (?<port>[0-9a-fA-F:.]+): AER: (?<multiple>Multiple )?(?<severity>Correct(ed|able)|Uncorrect(ed|able) \((Non-Fatal|Fatal)\)) error (message )?received( from)?:? (?<source>[0-9a-fA-F:.]+)",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Received();

    [GeneratedRegex(@"^\S+ (?<bdf>[0-9a-fA-F:.]+): DPC: containment event, status:(?<status>0x[0-9a-fA-F]+)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Contained();

    [GeneratedRegex(@"^\S+ (?<bdf>[0-9a-fA-F:.]+): AER: [dD]evice recovery failed", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Recovery();

    [GeneratedRegex(@"^\S+ (?<bdf>[0-9a-fA-F:.]+): (AER: )?aer_status: (?<status>0x[0-9a-fA-F]+), aer_mask: 0x[0-9a-fA-F]+", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Firmware();
}
