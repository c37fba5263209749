using System.Globalization;
using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// Errors that the processor or the firmware reported: machine checks, and APEI (GHES) as <c>{3}[Hardware Error]: …</c>, whose first line makes
/// the event; firmware's further lines count only where they are graver than the first. Code: 0 corrected, 1 uncorrected.
/// </summary>
internal sealed partial class MachineCheckLines : ILineParser
{
    /// <summary>Bit 61 of a bank's status, UC: Intel SDM volume 3, 17.3.2.2; AMD APM volume 2, 9.3.2.</summary>
    private const ulong UncorrectedBit = 1UL << 61;

    private (string Number, long Code) _told = ("", 0);

    public IReadOnlyList<string> Words { get; } = ["[Hardware Error]: "];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Line().Match(line.Text) is not { Success: true } match) return null;
        var message = match.Text("message");
        return match.Groups["number"].Success ? FromFirmware(match.Text("number"), message, line) : FromProcessor(message);
    }

    private KernelNews? FromFirmware(string number, string message, in KernelLine line)
    {
        if (message.StartsWith("Hardware error from APEI", StringComparison.Ordinal))
        {
            // drivers/acpi/apei/ghes.c: KERN_WARNING for what was corrected, KERN_ERR for anything worse.
            _told = (number, line.IsError ? 1 : 0);
            return News(_told.Code, "APEI", message);
        }

        var isWorse = message.StartsWith("event severity: ", StringComparison.Ordinal) && message["event severity: ".Length..] is "recoverable" or "fatal";
        if (!isWorse || _told == (number, 1)) return null;
        _told = (number, 1);
        return News(1, "APEI", message);
    }

    private static KernelNews? FromProcessor(string message)
    {
        if (Bank().Match(message) is { Success: true } bank)
        {
            var isRead = ulong.TryParse(bank.Groups["status"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var status);
            return News(isRead && (status & UncorrectedBit) != 0 ? 1 : 0, $"bank {bank.Text("bank")}", message);
        }

        if (message.StartsWith("Machine check events logged", StringComparison.Ordinal)) return News(0, "machine check", message);
        if (message.StartsWith("Corrected error", StringComparison.Ordinal)) return News(0, "machine check", message);
        return message.StartsWith("Uncorrected", StringComparison.Ordinal) || message.StartsWith("Deferred error", StringComparison.Ordinal)
            || message.StartsWith("Fatal", StringComparison.Ordinal) ? News(1, "machine check", message) : null;
    }

    private static KernelNews News(long code, string unit, string message) => new()
    {
        Kind = HealthEventKind.HostHardwareError,
        Code = code,
        Text = $"{(code == 0 ? "corrected" : "uncorrected")} hardware error of the host: {message}",
        Detail = new() { Unit = unit, Printed = code == 0 ? PrintedSeverity.Corrected : PrintedSeverity.NonFatal },
    };

    [GeneratedRegex(@"^(mce: )?(\{(?<number>\d+)\})?\[Hardware Error\]: +(?<message>.*)$", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Line();

    [GeneratedRegex(@"Machine Check( Exception)?: [0-9a-fA-F]+ Bank (?<bank>\d+): (?<status>[0-9a-fA-F]{16})", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Bank();
}
