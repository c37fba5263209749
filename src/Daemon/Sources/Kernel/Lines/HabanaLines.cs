using System.Globalization;
using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// What the driver of Intel's Gaudi cards logs: memory errors, a card that does not answer, resets, interrupts of its engines. It names a card by number,
/// <c>habanalabs hl3</c> or <c>accel accel3</c>; whose place that is it says once, when it adds the card, and sysfs says as long as the card is there. The unit is the block, or <c>reset</c>,
/// <c>start</c>, <c>reported</c>. Wording: Linux, drivers/accel/habanalabs (before 6.3 drivers/misc/habanalabs).
/// </summary>
internal sealed partial class HabanaLines : ILineParser
{
    private const string HasReset = "uccessfully finished resetting the";
    private const string Unusable = "Device is NOT usable";
    private const string Beats = "Device heartbeat failed!";

    /// <summary>More than any node has; a log that names more is not to be believed.</summary>
    private const int MostNamed = 256;

    private readonly Dictionary<string, string> _places = [];

    public IReadOnlyList<string> Words { get; } =
        ["to habanalabs driver", "ECC error detected. ", "Received H/W interrupt ", Beats, "Going to reset device", "Going to RESET device", HasReset, Unusable];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Line().Match(line.Text) is not { Success: true } match) return null;
        var (name, said) = (match.Text("name"), match.Text("message"));
        if (Added().Match(said) is { Success: true } added)
        {
            if (KernelDevices.Address(added.Groups["bdf"].ValueSpan) is { } place && (_places.Count < MostNamed || _places.ContainsKey(name))) _places[name] = place;
            return null;
        }

        var address = KernelDevices.Address(name) ?? KernelDevices.Address(line.PciFunction) ?? _places.GetValueOrDefault(name)
            ?? devices.Numbered(name.StartsWith("hl", StringComparison.Ordinal) ? "habanalabs" : "accel", name);
        var device = address is null ? null : devices.At(address, KernelDevices.Habana);
        if (Memory().Match(said) is { Success: true } memory) return MemoryError(device, memory, said);
        if (Interrupt().Match(said) is { Success: true } interrupt) return Interrupted(device, interrupt, said);
        if (said.StartsWith(Beats, StringComparison.Ordinal))
        {
            return said.Contains("link is broken", StringComparison.Ordinal)
                ? new() { Kind = HealthEventKind.DeviceFellOff, Device = device, Text = said }
                : Trouble(device, "reset", "heartbeat", PrintedSeverity.None, said); // the driver resets it for that
        }

        if (said.StartsWith("Going to ", StringComparison.Ordinal)) return Trouble(device, "reset", "", PrintedSeverity.None, said);
        if (said.Contains(HasReset, StringComparison.Ordinal)) return Trouble(device, "reset", "", PrintedSeverity.Corrected, said);
        if (!said.Contains(Unusable, StringComparison.Ordinal)) return null;
        return Trouble(device, said.Contains("reset", StringComparison.Ordinal) ? "reset" : "start", "", PrintedSeverity.Fatal, said);
    }

    /// <summary>Uncorrected where the driver calls it critical, or its name says that two bits were wrong; else it was corrected.</summary>
    private static KernelNews MemoryError(Device? device, Match memory, string said)
    {
        var isLost = memory.Text("critical") == "1" || IsDouble(memory.Text("block"));
        return HardwareError(device, memory.Text("block"), $"address {memory.Text("address")}", isLost, said);
    }

    private static KernelNews Interrupted(Device? device, Match interrupt, string said)
    {
        var name = interrupt.Text("name");
        return IsDouble(name) || name.EndsWith("_serr", StringComparison.OrdinalIgnoreCase)
            ? HardwareError(device, name, "", IsDouble(name), said)
            : Trouble(device, "reported", name, PrintedSeverity.None, said) with { Code = interrupt.Number("code") };
    }

    private static bool IsDouble(string name) => name.EndsWith("_derr", StringComparison.OrdinalIgnoreCase);

    private static KernelNews HardwareError(Device? device, string block, string place, bool isLost, string text) => new()
    {
        Kind = HealthEventKind.DeviceHardwareError,
        Device = device,
        Code = isLost ? 1 : 0,
        Text = text,
        Detail = new() { Unit = block.ToLower(CultureInfo.InvariantCulture), Place = place, Printed = isLost ? PrintedSeverity.NonFatal : PrintedSeverity.Corrected },
    };

    private static KernelNews Trouble(Device? device, string unit, string place, PrintedSeverity printed, string text)
        => new() { Kind = HealthEventKind.DriverTrouble, Device = device, Text = text, Detail = new() { Unit = unit, Place = place, Printed = printed } };

    [GeneratedRegex(@"^(habanalabs (?<name>hl\d{1,4}|[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7])|accel (?<name>accel\d{1,4})): (?<message>.*)$", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Line();

    [GeneratedRegex(@"^Successfully added device (?<bdf>[0-9a-f:.]{12,16}) to habanalabs driver", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Added();

    [GeneratedRegex(
        @"^((?<block>[^:]{1,64}): )?ECC error detected\. address: (?<address>0x[0-9a-fA-F]+|0)\. Syndrome?: (0x[0-9a-fA-F]+|0)\..*?(critical (?<critical>[01])\.?)?$",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Memory();

    [GeneratedRegex(@"^Received H/W interrupt (?<code>\d{1,5}) \[""(?<name>[^""]{1,64})""\]$", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Interrupt();
}
