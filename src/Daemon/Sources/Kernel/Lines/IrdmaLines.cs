using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>Warnings and errors of Intel's RDMA driver, irdma, under its own name or behind the PCI function's (<c>ice 0000:98:00.0 irdma0: …</c>).</summary>
internal sealed partial class IrdmaLines : ILineParser
{
    public IReadOnlyList<string> Words { get; } = ["irdma"];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (!line.IsWarning || Line().Match(line.Text) is not { Success: true } match) return null;
        var place = match.Groups["bdf"].Success ? match.Groups["bdf"].ValueSpan : line.PciFunction;
        return new()
        {
            Kind = HealthEventKind.NetworkTrouble,
            Device = KernelDevices.Address(place) is { } address ? devices.At(address, KernelDevices.Intel) : null,
            Text = $"network adapter: {line.Text}",
            Detail = new() { Unit = "irdma", Place = match.Text("port"), Printed = line.IsError ? PrintedSeverity.NonFatal : PrintedSeverity.None },
        };
    }

    [GeneratedRegex(
        @"^((irdma|ice|i40e|infiniband) )?((?<bdf>[0-9a-fA-F]{4}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\.[0-7])[ :]*)?((?<port>irdma\d+|\S+): )?.*irdma", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Line();
}
