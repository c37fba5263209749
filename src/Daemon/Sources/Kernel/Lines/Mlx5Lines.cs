using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// <c>mlx5_core 0000:d2:00.0[ netdev]: [func:line:(pid N): ]text</c>. The unit says what of: <c>health</c>, <c>syndrome</c> (the code is its number),
/// <c>command</c>, <c>module</c>, <c>temperature</c>, <c>slot power</c>, <c>transmit</c>, or the function of any other error. Of a state (<see cref="PortState"/>) the
/// port is in the unit, so that each port has its own; <c>link up</c> and <c>plugged</c>, which every load of the driver prints too, are no trouble. Wording: Linux,
/// drivers/net/ethernet/mellanox/mlx5/core.
/// </summary>
internal sealed partial class Mlx5Lines : ILineParser
{
    /// <summary>By what the text contains; the first that is found.</summary>
    private static readonly (string Words, string Unit, PrintedSeverity Printed)[] Troubles =
    [
        ("device's health compromised", "health", PrintedSeverity.Fatal),
        ("Fatal error", "health", PrintedSeverity.Fatal),
        ("Health issue observed", "health", PrintedSeverity.None),
        ("PCI slot is unavailable", "health", PrintedSeverity.Fatal),
        ("handling bad device here", "health", PrintedSeverity.Fatal),
        ("health recovery", "health", PrintedSeverity.None),
        ("timeout. Will cause a leak of a command resource", "command", PrintedSeverity.NonFatal),
        ("failed, status", "command", PrintedSeverity.NonFatal),
        ("High temperature on sensors", "temperature", PrintedSeverity.NonFatal),
        ("Detected insufficient power on the PCIe slot", "slot power", PrintedSeverity.NonFatal),
        ("TX timeout detected", "transmit", PrintedSeverity.NonFatal),
        ("Link down", PortState.LinkDown, PrintedSeverity.NonFatal),
        ("Link up", PortState.LinkUp, PrintedSeverity.Corrected),
    ];

    public IReadOnlyList<string> Words { get; } = ["mlx5_core "];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Line().Match(line.Text) is not { Success: true } match || KernelDevices.Address(match.Groups["bdf"].ValueSpan) is not { } address) return null;
        var device = devices.At(address, KernelDevices.Nvidia);
        var (port, message) = (match.Text("netdev"), match.Text("message"));
        if (Syndrome().Match(message) is { Success: true } syndrome)
        {
            var code = syndrome.Hex("code");
            return code == 0 ? null : News(device, code, "syndrome", port, PrintedSeverity.Fatal, message);
        }

        if (Module().Match(message) is { Success: true } module)
        {
            var number = $"module {module.Text("module")}";
            var (unit, printed) = module.Groups["error"].Success ? ("module", PrintedSeverity.NonFatal) : module.Text("state") switch
            {
                "Cable plugged" => (PortState.Of(PortState.Plugged, number), PrintedSeverity.Corrected),
                "Cable unplugged" => (PortState.Of(PortState.Unplugged, number), PrintedSeverity.NonFatal),
                _ => ("module", PrintedSeverity.None),
            };
            return News(device, 0, unit, $"{number}, {module.Text("state")}", printed, message);
        }

        foreach (var (words, unit, printed) in Troubles)
        {
            if (!message.Contains(words, StringComparison.Ordinal)) continue;
            return News(device, 0, unit is PortState.LinkDown or PortState.LinkUp ? PortState.Of(unit, port) : unit, port, printed, message);
        }

        return line.IsError && !IsHealthDump(message) ? News(device, 0, match.Text("function"), port, PrintedSeverity.None, message) : null;
    }

    /// <summary>The registers that follow a health issue, a line each; its syndrome is told, these add nothing.</summary>
    private static bool IsHealthDump(string message) => Dump().IsMatch(message);

    private static KernelNews News(Device device, long code, string unit, string place, PrintedSeverity printed, string message) => new()
    {
        Kind = HealthEventKind.NetworkTrouble,
        Device = device,
        Code = code,
        Text = $"network adapter {device.PciAddress}: {message}",
        Detail = new() { Unit = unit, Place = place, Printed = printed },
    };

    [GeneratedRegex(
        @"^mlx5_core (?<bdf>[0-9a-fA-F]{4}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\.[0-7])( (?<netdev>[^: ]+))?: ((?<function>\w+):\d+:\(pid \d+\): )?(?<message>.*)$",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Line();

    [GeneratedRegex(@"^synd 0x(?<code>[0-9a-fA-F]+): ", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Syndrome();

    [GeneratedRegex(@"^Port module event(?<error>\[error\])?: module (?<module>\d+), (?<state>.*)$", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Module();

    [GeneratedRegex(@"^(assert_|fw_ver|time |hw_id|rfr |severity |irisc_index|ext_synd|raw fw_ver)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Dump();
}
